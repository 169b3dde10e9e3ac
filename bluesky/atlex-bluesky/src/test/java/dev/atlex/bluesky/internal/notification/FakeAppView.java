package dev.atlex.bluesky.internal.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists notifications as the real AppView does: they are sorted and paged by a time that authors choose, filtered
 * only after a page was selected, and all marked as read.
 */
final class FakeAppView implements Agent {
    static final Did BOT = Did.of("did:plc:botbotbotbotbotbotbotbot");

    /** A notification in the service's index. */
    record Item(String id, Instant time, String reason) {
        String uri() {
            return "at://did:plc:useruseruseruseruseruser/app.bsky.feed.post/" + id;
        }
    }

    final Clock clock;
    final List<Item> items = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<LexMap> seen = new ArrayList<>();

    /** Returns a response that replaces the real one, or null. Called with the request's path. */
    Function<String, @Nullable TransportResponse> fault = path -> null;

    /** Headers to add to each list. */
    Supplier<HttpHeaders> headers = HttpHeaders::of;

    /** The IDs of notifications whose authors the account follows. */
    final Set<String> followed = new HashSet<>();

    boolean ignoresReasons;
    private int added;

    FakeAppView(Clock clock) {
        this.clock = clock;
    }

    /** Adds a mention with the current time. Returns its ID. */
    String mention() {
        return add("mention", clock.instant());
    }

    String add(String reason, Instant time) {
        String id = "post" + added++;
        items.add(new Item(id, time, reason));
        return id;
    }

    List<String> mentions(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(add("mention", clock.instant().minusSeconds(count - i)));
        }
        return ids;
    }

    void remove(String id) {
        items.removeIf(item -> item.id().equals(id));
    }

    static String id(Notification notification) {
        return String.valueOf(notification.uri().recordKey());
    }

    static Notification notification(String uri, String cid) {
        return Notification.CODEC.fromValue(
                json(new Item("x", Instant.EPOCH, "mention")).toBuilder()
                        .put("uri", uri)
                        .put("cid", cid)
                        .build(),
                ReadOptions.LENIENT);
    }

    @Override
    public Did did() {
        return BOT;
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        requests.add(request.path());
        TransportResponse failure = fault.apply(request.path());
        if (failure != null) {
            return failure;
        }
        if (request.path().contains("updateSeen")) {
            try {
                byte[] body = request.body() == null
                        ? new byte[0]
                        : request.body().open().readAllBytes();
                seen.add((LexMap) LexValue.parseJson(new String(body, UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return json(200, LexMap.of());
        }
        return list(request.path());
    }

    private TransportResponse list(String path) {
        String cursor = null;
        List<String> reasons = new ArrayList<>();
        int limit = 50;
        for (String parameter : path.substring(path.indexOf('?') + 1).split("&")) {
            String value = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), UTF_8);
            switch (parameter.substring(0, parameter.indexOf('='))) {
                case "cursor" -> cursor = value;
                case "reasons" -> reasons.add(value);
                case "limit" -> limit = Integer.parseInt(value);
                default -> {
                    // priority, which Bluesky ignores
                }
            }
        }
        Instant before = cursor == null ? Instant.MAX : Datetime.of(cursor).toInstant();
        List<Item> page = items.stream()
                .filter(item -> item.time().isBefore(before))
                .sorted(Comparator.comparing(Item::time).reversed())
                .limit(limit)
                .toList();
        List<LexValue> shown = new ArrayList<>();
        for (Item item : page) {
            if (ignoresReasons || reasons.isEmpty() || reasons.contains(item.reason())) {
                shown.add(shown(item));
            }
        }
        LexMap.Builder output = LexMap.builder().put("notifications", LexArray.copyOf(shown));
        if (page.size() == limit) {
            output.put("cursor", text(page.get(limit - 1).time()));
        }
        return json(200, output.build());
    }

    private static String text(Instant time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    private LexMap shown(Item item) {
        LexMap shown = json(item);
        LexMap author = shown.getMap("author");
        if (author == null || !followed.contains(item.id())) {
            return shown;
        }
        LexMap viewer = LexMap.of("following", LexValue.of("at://" + BOT + "/app.bsky.graph.follow/x"));
        return shown.toBuilder()
                .put("author", author.toBuilder().put("viewer", viewer).build())
                .build();
    }

    private static LexMap json(Item item) {
        LexMap author = LexMap.builder()
                .put("did", "did:plc:useruseruseruseruseruser")
                .put("handle", "user.test")
                .build();
        return LexMap.builder()
                .put("uri", AtUri.of(item.uri()).toString())
                .put("cid", cid(item.id()).toString())
                .put("author", author)
                // An invalid reason is an integer in JSON.
                .put("reason", item.reason().equals("invalid") ? LexValue.of(7) : LexValue.of(item.reason()))
                .put("record", LexMap.of("text", LexValue.of("Hello " + item.id())))
                .put("isRead", true)
                .put("indexedAt", text(item.time()))
                .build();
    }

    static Cid cid(String content) {
        return Cid.ofRaw(content.getBytes(UTF_8));
    }

    private TransportResponse json(int status, LexMap body) {
        HttpHeaders.Builder all = headers.get().toBuilder()
                .set("Content-Type", "application/json")
                .set(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)));
        return TransportResponse.of(status, all.build(), body.toJson().getBytes(UTF_8));
    }

    static TransportResponse failure(int status, String error, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return TransportResponse.of(
                status,
                HttpHeaders.of(all.toArray(String[]::new)),
                ("{\"error\":\"" + error + "\",\"message\":\"scripted\"}").getBytes(UTF_8));
    }
}
