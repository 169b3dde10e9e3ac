package dev.atlex.micrometer;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.pool.AccountPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records session events as Micrometer metrics, for password sessions and OAuth sessions.
 *
 * <pre>{@code
 * SessionMetrics metrics = new SessionMetrics(registry);
 * SessionOptions options = SessionOptions.of(o -> o.listener(metrics));
 * }</pre>
 *
 * <p>An OAuth client's options take the same listener.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code atlex.session.logins}</td><td>counter: sign-ins</td></tr>
 * <tr><td>{@code atlex.session.resumed}</td><td>counter: stored sessions that were resumed</td></tr>
 * <tr><td>{@code atlex.session.refresh}</td><td>timer: successful refreshes; {@code outcome} is
 * {@code success}</td></tr>
 * <tr><td>{@code atlex.session.refresh.failures}</td><td>counter: failed refreshes, which are retried; {@code outcome}
 *     is {@code network}, {@code rate_limited}, {@code server}, {@code store}, {@code inactive}, {@code mismatch} or
 *     {@code other}</td></tr>
 * <tr><td>{@code atlex.session.adopted}</td><td>counter: times that a session picked up tokens refreshed by another process</td></tr>
 * <tr><td>{@code atlex.session.ended}</td><td>counter: sessions that the server ended; {@code reason} is a
 *     {@link SessionEndedException.Reason} in lowercase, {@code migrated}, {@code inactive}, {@code mismatch} or
 *     {@code other}</td></tr>
 * <tr><td>{@code atlex.session.save.failures}</td><td>counter: tokens that the store or a hook failed to save</td></tr>
 * <tr><td>{@code atlex.session.save.recovered}</td><td>counter: saves that succeeded after a failure</td></tr>
 * <tr><td>{@code atlex.session.logouts}</td><td>counter: logouts that the server confirmed</td></tr>
 * <tr><td>{@code atlex.session.logout.pending}</td><td>counter: failed logouts, which are retried</td></tr>
 * <tr><td>{@code atlex.session.logout.given.up}</td><td>counter: pending logouts that were dropped because they can never be confirmed</td></tr>
 * <tr><td>{@code atlex.session.open}</td><td>gauge, requires {@link #watch}: sessions that a pool holds in memory</td></tr>
 * </table>
 *
 * <p>No meter has a tag for the account, because there may be very many accounts.
 *
 * <p>Works with Micrometer 1.13 and later, and therefore with Spring Boot 3.3 and later. Use the version
 * that your framework manages. An instance is thread-safe.
 */
public final class SessionMetrics implements SessionListener {
    private static final String PREFIX = "atlex.session.";
    private static final String OTHER = "other";
    private static final int TOO_MANY_REQUESTS = 429;

    private final MeterRegistry registry;
    private final Tags tags;

    /**
     * Creates a listener.
     *
     * @param registry the registry for the meters
     */
    public SessionMetrics(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /**
     * Creates a listener with tags.
     *
     * @param registry the registry for the meters
     * @param tags the tags to add to every meter
     */
    public SessionMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    /**
     * Registers a gauge for the number of sessions that a pool holds in memory. The gauge doesn't keep the pool from
     * being garbage-collected.
     *
     * @return this
     */
    public SessionMetrics watch(AccountPool pool) {
        Gauge.builder(PREFIX + "open", pool, AccountPool::size).tags(tags).register(registry);
        return this;
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.SignedIn) {
            count("logins");
        } else if (event instanceof SessionEvent.Resumed) {
            count("resumed");
        } else if (event instanceof SessionEvent.Refreshed refreshed) {
            Timer.builder(PREFIX + "refresh")
                    .tags(tags.and("outcome", "success"))
                    .register(registry)
                    .record(refreshed.took());
        } else if (event instanceof SessionEvent.RefreshFailed failed) {
            count("refresh.failures", "outcome", outcome(failed.failure()));
        } else if (event instanceof SessionEvent.Adopted) {
            count("adopted");
        } else if (event instanceof SessionEvent.Ended ended) {
            count("ended", "reason", reason(ended.reason()));
        } else if (event instanceof SessionEvent.SaveFailed) {
            count("save.failures");
        } else if (event instanceof SessionEvent.SaveRecovered) {
            count("save.recovered");
        } else if (event instanceof SessionEvent.LoggedOut) {
            count("logouts");
        } else if (event instanceof SessionEvent.LogoutPostponed) {
            count("logout.pending");
        } else if (event instanceof SessionEvent.LogoutGivenUp) {
            count("logout.given.up");
        }
        // Events of later versions aren't counted.
    }

    private void count(String name, String... more) {
        // Not declared as Tags: that would select counter(String, Tags) of Micrometer 1.16, which earlier versions
        // lack.
        Iterable<Tag> all = tags.and(more);
        registry.counter(PREFIX + name, all).increment();
    }

    private static String outcome(RuntimeException failure) {
        if (isNetwork(failure) || isNetwork(failure.getCause())) {
            return "network";
        } else if (failure instanceof XrpcResponseException response) {
            return response(response.status());
        } else if (failure instanceof SessionStoreException) {
            return "store";
        } else if (failure instanceof SessionException known) {
            String account = account(known);
            return account.equals(OTHER) && known.httpStatus() > 0 ? response(known.httpStatus()) : account;
        }
        return OTHER;
    }

    private static boolean isNetwork(@Nullable Throwable failure) {
        return failure instanceof XrpcTransportException || failure instanceof TransportException;
    }

    private static String response(int status) {
        return status == TOO_MANY_REQUESTS ? "rate_limited" : "server";
    }

    private static String reason(SessionException reason) {
        if (reason instanceof SessionEndedException ended) {
            return ended.reason().name().toLowerCase(Locale.ROOT);
        }
        return account(reason);
    }

    /** Returns the outcome of a failure that concerns the account itself. */
    private static String account(SessionException failure) {
        if (failure instanceof AccountMigratedException) {
            return "migrated";
        } else if (failure instanceof AccountInactiveException) {
            return "inactive";
        }
        return failure instanceof AccountMismatchException ? "mismatch" : OTHER;
    }
}
