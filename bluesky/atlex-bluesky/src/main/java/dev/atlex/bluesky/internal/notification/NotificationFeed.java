package dev.atlex.bluesky.internal.notification;

import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.notification.ListNotifications;
import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.RateLimit;
import dev.atlex.client.XrpcResponse;
import dev.atlex.data.ReadProblem;
import dev.atlex.syntax.Datetime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads pages of notifications, newest first. */
final class NotificationFeed {
    private static final int PAGE = 100;

    /** The number of retries for one page. The caller restarts a failed search after longer pauses. */
    private static final int RETRIES = 2;

    private static final Pattern MILLIS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private final Client client;
    private final List<String> reasons;
    private final boolean fromFollowedOnly;
    private final Consumer<ReadProblem> problems;

    /** @param problems receives each invalid notification, every time it is read */
    NotificationFeed(Client client, List<String> reasons, boolean fromFollowedOnly, Consumer<ReadProblem> problems) {
        this.client = client;
        this.reasons = reasons;
        this.fromFollowedOnly = fromFollowedOnly;
        this.problems = problems;
    }

    /**
     * A page.
     *
     * @param items the page's notifications that have one of the wanted reasons, newest first
     * @param next the cursor of the next page, or null if this is the last one
     * @param bound the latest time that a notification of the next pages can have, or null if unknown
     * @param servedAt the server's time, or null if unknown
     * @param limit the rate limit, or null if unknown
     */
    record Page(
            List<Notification> items,
            @Nullable String next,
            @Nullable Instant bound,
            @Nullable Instant servedAt,
            @Nullable RateLimit limit) {
        /** Returns whether the following pages contain only notifications from before this time. */
        boolean isBelow(Instant time) {
            return bound != null && bound.isBefore(time)
                    || items.stream()
                            .anyMatch(item -> item.indexedAt().toInstant().isBefore(time));
        }
    }

    /** Reads the page at a cursor, or the first page if the cursor is null. */
    Page read(@Nullable String cursor) {
        CallOptions retries = CallOptions.of(o -> o.retries(cursor == null ? 0 : RETRIES));
        Call<ListNotifications.Output> call = Call.of(ListNotifications.QUERY, p -> {
            preferFollowed(p.limit(PAGE));
            if (!reasons.isEmpty()) {
                p.reasons(reasons);
            }
            if (cursor != null) {
                p.cursor(cursor);
            }
        });
        XrpcResponse<ListNotifications.Output> response = client.xrpc(call, retries);
        response.problems().forEach(problems);
        List<Notification> items =
                response.body().notifications().stream().filter(this::isWanted).toList();
        String next = response.body().cursor();
        return new Page(
                items,
                next == null || next.isEmpty() ? null : afterTies(cursor, next),
                next == null ? null : time(next),
                date(response.headers().first("Date")),
                response.rateLimit());
    }

    /**
     * Sets whether the server leaves out accounts that aren't followed. Otherwise, the account's own setting would
     * apply.
     */
    @SuppressWarnings("deprecation") // Bluesky ignores the parameter, but upstream's AppView and others apply it.
    private void preferFollowed(ListNotifications.Params.Builder parameters) {
        parameters.priority(fromFollowedOnly);
    }

    /** Returns whether a notification is wanted. The server may have ignored the parameters. */
    private boolean isWanted(Notification item) {
        ViewerState viewer = item.author().viewer();
        boolean followed = viewer != null && viewer.following() != null;
        return (reasons.isEmpty() || reasons.contains(item.reason())) && (!fromFollowedOnly || followed);
    }

    /**
     * Returns a cursor that doesn't skip notifications with the same time. The AppView's cursor is the time of the last
     * notification of the page, and the next page contains only earlier ones. If a page ends between several
     * notifications with the same time, the rest of them would be skipped. With a cursor one millisecond later, the
     * next page contains all of them again, unless they fill it.
     */
    private static String afterTies(@Nullable String cursor, String next) {
        Instant time = time(next);
        if (time == null) {
            return next;
        }
        String later = Datetime.of(time.plusMillis(1)).toString();
        return later.equals(cursor) ? next : later;
    }

    private static @Nullable Instant time(String cursor) {
        return MILLIS.matcher(cursor).matches() && Datetime.isValid(cursor)
                ? Datetime.of(cursor).toInstant()
                : null;
    }

    private static @Nullable Instant date(@Nullable String header) {
        try {
            return header == null
                    ? null
                    : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
