package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.session.SessionEndedException.Reason;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ends one session at its server. With a store, that remembers first what the server is to forget ({@link Logouts}); without
 * one, or where that does not work, the session is not over before the server has confirmed it.
 *
 * <p>Used under the session's lock.
 */
final class SessionLogout {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final PasswordSession session;
    private final SessionServer server;
    private final SessionHooks hooks;
    private final Persistence persistence;
    private final Events events;
    private final @Nullable SessionStore store;
    private final @Nullable Logouts logouts;

    /** The refresh tokens that a store remembers, or may, since the session has ended. */
    private final Set<String> toForget = new LinkedHashSet<>();

    SessionLogout(PasswordSession session, SessionServer server, Persistence persistence, SessionOptions options) {
        this.session = session;
        this.server = server;
        this.hooks = options.hooks();
        this.persistence = persistence;
        this.events = persistence.events();
        this.store = options.store();
        this.logouts = store == null ? null : new Logouts(store, options);
    }

    /**
     * Ends the session.
     *
     * @param end ends it here; gives what is in the store all the same, as another process has put it there, or null
     * @return whether the server has confirmed it
     * @throws XrpcException if that fails and can't be remembered; the session lives on
     */
    boolean run(SessionData data, Function<SessionException, @Nullable SessionData> end) {
        List<String> tokens = persistence.traded().with(data);
        return logouts != null && isRemembered(data, tokens, logouts)
                ? finish(data, logouts, end)
                : finishNow(data, tokens, end);
    }

    private boolean isRemembered(SessionData data, List<String> tokens, Logouts in) {
        try {
            remember(data, tokens, in);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void remember(SessionData data, List<String> tokens, Logouts in) {
        in.remember(data.did(), data.service(), tokens);
        toForget.addAll(tokens);
    }

    private boolean finishNow(
            SessionData data, List<String> tokens, Function<SessionException, @Nullable SessionData> end) {
        XrpcException failure = Logouts.delete(server, tokens).failure();
        if (failure != null) {
            tellFailure(data, failure);
            throw failure;
        }
        end.apply(loggedOut());
        events.tell(new SessionEvent.LoggedOut(data.did()));
        return true;
    }

    private boolean finish(SessionData data, Logouts in, Function<SessionException, @Nullable SessionData> end) {
        Logouts.Outcome open;
        try {
            SessionData newer = end.apply(loggedOut());
            for (int race = 0;
                    race < Persistence.MAX_RACES
                            && newer != null
                            && persistence.traded().leadHereFrom(data);
                    race++) {
                // It was refreshed in between, and would live on.
                remember(data, persistence.traded().with(newer), in);
                newer = persistence.delete(newer);
            }
            open = in.finish(data.did());
        } catch (RuntimeException e) {
            unfinished(e);
            return false;
        }
        if (open != null && open.failure() != null) {
            tellFailure(data, open.failure());
        }
        return open == null;
    }

    /** Whether the server has confirmed that the session is over, which it is here. */
    boolean isConfirmed() {
        if (store == null || toForget.isEmpty()) {
            return true;
        }
        try {
            return !Logouts.isPending(store, session.did(), toForget);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a logout can''t be read: {0}", e.getClass().getName());
            return false;
        }
    }

    /**
     * Another process has logged the session out.
     *
     * @return what the end of the session here means
     */
    SessionEndedException elsewhere(SessionData data) {
        toForget.addAll(persistence.traded().with(data));
        return loggedOut();
    }

    /** Another process has logged the session out while it got new tokens: they must not bring it back. */
    void forget(SessionData revived) {
        try {
            if (logouts != null) {
                remember(revived, persistence.traded().with(revived), logouts);
                logouts.finish(revived.did());
            }
        } catch (RuntimeException e) {
            unfinished(e);
        }
    }

    private SessionEndedException loggedOut() {
        return new SessionEndedException(session.did(), Reason.LOGGED_OUT, null);
    }

    private void tellFailure(SessionData data, XrpcException failure) {
        persistence.tell("the hook onDeleteFailure", () -> hooks.onDeleteFailure(session, data, failure));
    }

    private static void unfinished(RuntimeException why) {
        LOG.log(
                Level.WARNING,
                "a logout can''t be finished: {0}",
                why.getClass().getName());
    }
}
