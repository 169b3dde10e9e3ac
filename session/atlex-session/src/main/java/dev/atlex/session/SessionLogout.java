package dev.atlex.session;

import dev.atlex.client.XrpcException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.PendingLogout;
import dev.atlex.session.internal.persist.StoredEntry;
import dev.atlex.session.store.SessionStore;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ends one session at its server. With a store, that remembers first what the server is to forget ({@link LogoutQueue}); without
 * one, or where that does not work, the session is not over before the server has confirmed it.
 *
 * <p>Used under the session's lock.
 */
final class SessionLogout {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final PasswordSession session;
    private final AuthServerClient server;
    private final SessionHooks hooks;
    private final SessionRepository persistence;
    private final Notifier events;
    private final @Nullable SessionStore store;
    private final @Nullable LogoutQueue logouts;

    /** The refresh tokens that a store remembers, or may, since the session has ended. */
    private final Set<String> toForget = new LinkedHashSet<>();

    /** Tokens that a logout which failed has met at the server, and that live on there. */
    private final Set<String> left = new LinkedHashSet<>();

    SessionLogout(
            PasswordSession session, AuthServerClient server, SessionRepository persistence, SessionOptions options) {
        this.session = session;
        this.server = server;
        this.hooks = options.hooks();
        this.persistence = persistence;
        this.events = persistence.events();
        this.store = options.store();
        this.logouts = store == null ? null : new LogoutQueue(store, options.context());
    }

    /**
     * Ends the session.
     *
     * @param unsettled a refresh token that the server may have traded for one that nobody here knows, or null
     * @param end ends it here; gives what is in the store all the same, as another process has put it there, or null
     * @return whether the server has confirmed it
     * @throws XrpcException if that fails and can't be remembered; the session lives on
     */
    boolean run(SessionData data, @Nullable String unsettled, Function<SessionException, @Nullable SessionData> end) {
        Set<String> all = new LinkedHashSet<>(left);
        all.addAll(persistence.traded().with(data));
        List<String> tokens = List.copyOf(all);
        return logouts != null && isRemembered(data, tokens, unsettled, logouts)
                ? finish(data, logouts, end)
                : finishNow(data, tokens, unsettled, end);
    }

    private boolean isRemembered(SessionData data, List<String> tokens, @Nullable String unsettled, LogoutQueue in) {
        try {
            remember(data, tokens, unsettled, in);
            return true;
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "a logout can''t be kept in the store: {0}",
                    e.getClass().getName());
            return false;
        }
    }

    private void remember(SessionData data, List<String> tokens, @Nullable String unsettled, LogoutQueue in) {
        List<PendingLogout.Session> sessions = new ArrayList<>();
        for (String token : tokens) {
            sessions.add(new PendingLogout.Session(data.service(), token, token.equals(unsettled)));
        }
        in.remember(data.did(), sessions);
        toForget.addAll(tokens);
    }

    private boolean finishNow(
            SessionData data,
            List<String> tokens,
            @Nullable String unsettled,
            Function<SessionException, @Nullable SessionData> end) {
        Set<String> uncertain = new HashSet<>();
        if (unsettled != null) {
            uncertain.add(unsettled);
        }
        StoredEntry entry = persistence.entry();
        if (entry != null && entry.wasStored(data)) {
            // A store that fails here may fail other processes too: they may have newer tokens that are not in it.
            uncertain.add(data.refreshJwt());
        }
        LogoutQueue.Deletion deletion = LogoutQueue.delete(server, tokens, uncertain);
        RuntimeException failure = deletion.failure();
        if (failure != null) {
            left.addAll(deletion.left());
            tellFailure(data, failure);
            throw failure;
        }
        end.apply(loggedOut());
        if (logouts != null) {
            // Deleting the entry may have made room on the disk.
            logouts.note(data.did(), tokens);
        }
        events.tell(new SessionEvent.LoggedOut(data.did()));
        return true;
    }

    private boolean finish(SessionData data, LogoutQueue in, Function<SessionException, @Nullable SessionData> end) {
        LogoutQueue.Outcome open;
        try {
            SessionData newer = end.apply(loggedOut());
            for (int race = 0;
                    race < StoredEntry.MAX_RACES
                            && newer != null
                            && persistence.traded().leadHereFrom(data);
                    race++) {
                // It was refreshed in between, and would live on.
                remember(data, persistence.traded().with(newer), null, in);
                newer = persistence.delete(newer);
            }
            open = in.finish(data.did());
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
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
            return !LogoutQueue.isPending(store, session.did(), toForget);
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
                remember(revived, persistence.traded().with(revived), null, logouts);
                logouts.finish(revived.did());
            }
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            unfinished(e);
        }
    }

    private SessionEndedException loggedOut() {
        return new SessionEndedException(session.did(), Reason.LOGGED_OUT, null);
    }

    private void tellFailure(SessionData data, RuntimeException failure) {
        persistence.tell("the hook onDeleteFailure", () -> hooks.onDeleteFailure(session, data, failure));
    }

    private static void unfinished(Throwable why) {
        LOG.log(
                Level.WARNING,
                "a logout can''t be finished: {0}",
                why.getClass().getName());
    }
}
