package dev.atlex.spring;

import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionHealth.Status;
import dev.atlex.session.pool.AccountPool;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Reports the health of the application's sessions and streams, for the health indicators of the starters. A report doesn't use the
 * network, contains no secrets and never signs in. If a pool or an OAuth client is in use, its store is read.
 */
public final class AtlexHealth {
    private final ConfigurableListableBeanFactory beans;
    private final @Nullable AccountSession account;
    private final Clock clock;

    AtlexHealth(ConfigurableListableBeanFactory beans, @Nullable AccountSession account, Clock clock) {
        this.beans = beans;
        this.account = account;
        this.clock = clock;
    }

    /** States of the sessions, from the best to the worst. */
    public enum State {
        /** The state is unknown, because no session has been used. */
        UNKNOWN,
        /** The account's session works, or at least one account in a pool has a working session. */
        UP,
        /**
         * The account can't sign in or is inactive, or its session has ended or can't be refreshed. A pool or an OAuth
         * client is down if this applies to all of its accounts, or if its store can't be read. A stream is down if it
         * has failed, or hasn't been connected for a minute.
         */
        DOWN
    }

    /**
     * The state at one moment.
     *
     * @param state the worst state of the account, the pool and the streams
     * @param details human-readable details without secrets: the account and its status, the reason for a failure, the
     *     number of a pool's accounts by status, the number of an OAuth client's sessions by status, and the state of
     *     each stream
     */
    public record Report(State state, Map<String, Object> details) {}

    /** Returns the current state. */
    public Report report() {
        Map<String, Object> details = new LinkedHashMap<>();
        State state = account == null ? State.UNKNOWN : account(account, details);
        List<AccountPool> pools = UsedBeans.of(beans, AccountPool.class);
        if (!pools.isEmpty()) {
            state = worse(state, counts("pool", action -> pools.forEach(pool -> pool.forEachHealth(action)), details));
        }
        List<OAuthClient> clients = UsedBeans.of(beans, OAuthClient.class);
        if (!clients.isEmpty()) {
            state = worse(
                    state, counts("oauth", action -> clients.forEach(client -> client.forEachHealth(action)), details));
        }
        for (HealthSource source : UsedBeans.of(beans, HealthSource.class)) {
            state = worse(state, source.report(details));
        }
        return new Report(state, details);
    }

    private static State worse(State one, State other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private State account(AccountSession account, Map<String, Object> details) {
        PasswordSession session = account.opened();
        RuntimeException failure = account.failure();
        if (session != null) {
            return session(session.health(), details);
        } else if (failure != null) {
            details.put("status", "not signed in");
            details.put("reason", reason(failure));
            return State.DOWN;
        }
        details.put("status", "not used yet");
        return State.UNKNOWN;
    }

    private State session(SessionHealth health, Map<String, Object> details) {
        details.put("account", health.did().toString());
        details.put("handle", health.handle().toString());
        details.put("status", name(health.status()));
        if (health.accountStatus() != null) {
            details.put("accountStatus", health.accountStatus());
        }
        RuntimeException failure = health.failure();
        if (failure != null) {
            details.put("reason", reason(failure));
        }
        Instant retryAt = health.retryAt();
        if (retryAt != null) {
            details.put("retryAt", retryAt.toString());
        }
        if (!health.saved()) {
            details.put("saved", false);
        }
        return switch (health.status()) {
            case ACTIVE -> State.UP;
            case FAILING -> isExpired(health) ? State.DOWN : State.UP;
            case INACTIVE, ENDED -> State.DOWN;
        };
    }

    /** Returns whether the access token has expired. A failed refresh does no harm until then. */
    private boolean isExpired(SessionHealth health) {
        Instant expiry = health.accessExpiresAt();
        return expiry == null || !clock.instant().isBefore(expiry);
    }

    /** Counts sessions by status. */
    private static State counts(
            String name, Consumer<Consumer<SessionHealth>> forEachHealth, Map<String, Object> details) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        try {
            forEachHealth.accept(health -> counts.merge(health.status(), 1, Integer::sum));
        } catch (RuntimeException e) {
            details.put(name, reason(e));
            return State.DOWN;
        }
        Map<String, Integer> named = new LinkedHashMap<>();
        counts.forEach((status, count) -> named.put(name(status), count));
        details.put(name, named);
        boolean usable = counts.containsKey(Status.ACTIVE) || counts.containsKey(Status.FAILING);
        return counts.isEmpty() || usable ? State.UP : State.DOWN;
    }

    private static String name(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a reason without secrets. Only Atlex's own messages are known to contain none, so other messages are left
     * out.
     */
    static String reason(RuntimeException failure) {
        boolean ours = failure.getClass().getName().startsWith("dev.atlex.");
        String name = failure.getClass().getSimpleName();
        return ours && failure.getMessage() != null ? name + ": " + failure.getMessage() : name;
    }
}
