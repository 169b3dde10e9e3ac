package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's changes to its store and its hooks, and survives what those throw: a full disk must not cost the
 * tokens that the server has just given out.
 */
final class Persistence {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());
    private static final Duration MIN_RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofMinutes(1);

    private final PasswordSession session;
    private final @Nullable SessionStore store;
    private final SessionHooks hooks;
    private final Clock clock;

    private volatile boolean storeBehind;
    private volatile boolean hookBehind;
    private volatile Instant retryAt = Instant.MIN;
    private Duration delay = MIN_RETRY;

    Persistence(PasswordSession session, SessionOptions options) {
        this.session = session;
        this.store = options.store();
        this.hooks = options.hooks();
        this.clock = options.timing().clock();
    }

    /** Whether store and hooks have taken the newest data. */
    boolean isSaved() {
        return !storeBehind && !hookBehind;
    }

    /** Saves new data. Under the session's lock. */
    void save(SessionData data) {
        storeBehind = store != null;
        hookBehind = true;
        delay = MIN_RETRY;
        attempt(data);
    }

    private void attempt(SessionData data) {
        RuntimeException failure = null;
        if (storeBehind && store != null) {
            try {
                store.save(data);
                storeBehind = false;
            } catch (RuntimeException e) {
                failure = failed("the store", e);
            }
        }
        if (hookBehind) {
            try {
                hooks.onUpdated(session, data);
                hookBehind = false;
            } catch (RuntimeException e) {
                failure = failed("the hook onUpdated", e);
            }
        }
        if (failure != null) {
            RuntimeException told = failure;
            retryAt = clock.instant().plus(delay);
            delay = delay.multipliedBy(2).compareTo(MAX_RETRY) < 0 ? delay.multipliedBy(2) : MAX_RETRY;
            tell("the hook onUpdateFailure", () -> hooks.onUpdateFailure(session, data, told));
        }
    }

    private SessionHookException failed(String what, RuntimeException cause) {
        // The cause's own message is left to whoever reads the exception: it may hold what was to be saved.
        LOG.log(
                Level.WARNING,
                "a session could not be saved: {0} threw {1}",
                what,
                cause.getClass().getName());
        return new SessionHookException(what, cause);
    }

    /** Puts new tokens in the store before they are used. The hook is told, and failures are, when they are saved. */
    void keep(SessionData data) {
        if (store != null) {
            tell("the store", () -> store.save(data));
        }
    }

    /** What the store has of the session now that is not older than what this has, or null. */
    @Nullable
    SessionData stored(Did did) {
        if (store == null || storeBehind) {
            return null;
        }
        try {
            SessionData stored = store.load(did);
            return stored != null && stored.did().equals(did) ? stored : null;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the store threw {0}", e.getClass().getName());
            return null;
        }
    }

    /** Tells of data that came from the store. */
    void adopted(SessionData data) {
        hookBehind = true;
        delay = MIN_RETRY;
        attempt(data);
    }

    /**
     * Saves again what could not be saved before, if nobody else is at it.
     *
     * @param now whether to try although it is not time yet
     */
    void retry(Supplier<@Nullable SessionData> data, ReentrantLock lock, boolean now) {
        boolean early = !now && clock.instant().isBefore(retryAt);
        if (isSaved() || early || lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return;
        }
        try {
            SessionData unsaved = data.get();
            if (unsaved != null && !isSaved()) {
                attempt(unsaved);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes a session that is over. */
    void delete(SessionData data) {
        storeBehind = false;
        hookBehind = false;
        if (store != null) {
            tell("the store", () -> store.delete(data.did()));
        }
        tell("the hook onDeleted", () -> hooks.onDeleted(session, data));
    }

    /** Calls a hook, or the store, where that has no say in what happens. */
    void tell(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} threw {1}", what, e.getClass().getName());
        }
    }
}
