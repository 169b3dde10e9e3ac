package dev.atlex.session.pool;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.RefreshResult;
import dev.atlex.session.Session;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.persist.SignInNames;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.session.internal.pool.OpenSessions.Slot;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a pool's sessions, one object for each account, and sends their requests within the rate limits. */
final class PoolSessions {
    private static final Nsid REFRESH = Nsid.of("com.atproto.server.refreshSession");
    private static final Nsid DELETE = Nsid.of("com.atproto.server.deleteSession");

    private final SessionStore store;
    private final SessionOptions options;
    private final List<SessionSource> sources;
    private final @Nullable RateLimiter rateLimiter;
    private final Notifier notifier;
    private final OpenSessions<Session> open;
    private final StoredAccounts stored;

    PoolSessions(
            SessionStore store,
            SessionOptions options,
            List<SessionSource> sources,
            @Nullable RateLimiter rateLimiter,
            OpenSessions<Session> open,
            StoredAccounts stored) {
        this.store = store;
        this.options = options;
        this.sources = sources;
        this.rateLimiter = rateLimiter;
        this.notifier = new Notifier(options.listener());
        this.open = open;
        this.stored = stored;
    }

    /** Resumes an account's session, or signs in. */
    PasswordSession open(Credentials credentials) {
        Key name = Key.login(credentials.service(), credentials.identifier());
        return exclusively(name, () -> {
            Did known = credentials.atIdentifier() instanceof Did did ? did : open.named(name);
            Session live = known == null ? null : open.peek(known);
            if (live instanceof PasswordSession session
                    && isAt(session, credentials)
                    && isMeant(credentials, session)) {
                return session;
            }
            PasswordSession session = PasswordSession.open(credentials, store, options);
            Slot<Session> slot = open.claim(session.did());
            try {
                open.name(slot, name);
                return exclusively(Key.session(session.did()), () -> keep(slot, session, credentials));
            } finally {
                open.release(slot);
            }
        });
    }

    private static boolean isMeant(Credentials credentials, PasswordSession session) {
        try {
            return SignInNames.isMeant(credentials, session.data(), null);
        } catch (SessionException e) {
            return false;
        }
    }

    /**
     * Returns the session to keep. Another thread may have opened the same account under a different identifier. In
     * that case, its session is kept, and picks up newer tokens from the store.
     */
    private static PasswordSession keep(Slot<Session> slot, PasswordSession session, Credentials credentials) {
        Session live = slot.live();
        if (live instanceof PasswordSession other && isAt(other, credentials)) {
            return other;
        }
        if (live != null) {
            live.save();
        }
        slot.put(session);
        return session;
    }

    private static boolean isAt(PasswordSession session, Credentials credentials) {
        return Origins.same(session.health().service(), credentials.service());
    }

    /**
     * Returns whether an entry for a password session belongs to this session, and not to one at a
     * different service.
     */
    boolean isOf(Session session, Entry entry) {
        return session instanceof PasswordSession
                && Origins.same(
                        session.health().service(),
                        SessionRecord.of(entry).data().service());
    }

    /** Returns an account's session from memory or the store, or null if there is none. */
    @Nullable
    Session find(Did did) {
        Slot<Session> slot = open.claim(did);
        try {
            return load(slot);
        } finally {
            open.release(slot);
        }
    }

    /**
     * Returns an account's session from memory or the store.
     *
     * @throws UnknownAccountException if there is none
     */
    Session get(Did did) {
        return required(did, find(did));
    }

    private static Session required(Did did, @Nullable Session session) {
        if (session == null) {
            throw new UnknownAccountException(did);
        }
        return session;
    }

    private @Nullable Session load(Slot<Session> slot) {
        Session live = slot.live();
        if (live != null) {
            return live;
        }
        return this.<@Nullable Session>exclusively(Key.session(slot.did()), () -> {
            Session other = slot.live();
            if (other != null) {
                return other;
            }
            Session session = resumed(slot.did());
            if (session != null) {
                slot.put(session);
            }
            return session;
        });
    }

    /** Resumes an account's session from the store. A password session takes precedence. */
    private @Nullable Session resumed(Did did) {
        Entry entry = stored.entry(did);
        if (entry != null
                && !LogoutQueue.isPending(store, SessionRecord.of(entry).data())) {
            PasswordSession session = PasswordSession.of(entry, options);
            notifier.publish(new SessionEvent.Resumed(did));
            return session;
        }
        for (SessionSource source : sources) {
            Session session = source.resume(did);
            if (session != null) {
                return session;
            }
        }
        return null;
    }

    private <T extends @Nullable Object> T exclusively(Key key, Supplier<T> action) {
        try {
            return open.exclusively(key, action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while another thread opens the account", e, false);
        }
    }

    /** Sends a request as an account. */
    TransportResponse send(Did did, AgentRequest request) {
        Slot<Session> slot = open.claim(did);
        try {
            Session session = required(did, load(slot));
            return rateLimiter == null
                    ? session.send(request)
                    : rateLimiter.wrap(session).send(request);
        } finally {
            open.release(slot);
        }
    }

    /** Opens an account's session, and refreshes its tokens if they have expired. */
    AccountResult resume(Did did) {
        Session session = get(did);
        return session.isExpired() ? refresh(session) : AccountResult.done(did);
    }

    /** Refreshes a session's tokens within the rate limits. */
    AccountResult refresh(Session session) {
        RefreshResult result = limited(session, REFRESH, Session::refresh);
        Did did = session.did();
        return result.refreshed() ? AccountResult.done(did) : AccountResult.postponed(did, result.failure());
    }

    /** Returns the session of an entry that isn't kept in memory. */
    PasswordSession detached(Entry entry) {
        return PasswordSession.of(entry, options);
    }

    /** Ends all of an account's sessions within the rate limits. */
    AccountResult logout(Did did) {
        Entry entry = stored.entry(did);
        Session session = get(did);
        boolean confirmed = limited(session, DELETE, Session::logout);
        open.remove(did);
        if (entry != null && SessionRecord.readable(entry) != null && !isOf(session, entry)) {
            // The entry holds another session of the account: at a different service, or with an app password.
            confirmed &= limited(detached(entry), DELETE, Session::logout);
        }
        for (SessionSource source : sources) {
            Session more = source.resume(did);
            confirmed &= more == null || limited(more, DELETE, Session::logout);
        }
        return confirmed ? AccountResult.done(did) : AccountResult.postponed(did, null);
    }

    /**
     * Makes a call within the rate limits. A single session refreshes without waiting for the rate limiter, but many
     * sessions at once have to wait. The requests of OAuth sessions count like those of the corresponding methods.
     */
    private <T> T limited(Session session, Nsid method, Function<Session, T> call) {
        return rateLimiter == null
                ? call.apply(session)
                : rateLimiter.call(session.did(), session.health().service(), method, () -> call.apply(session));
    }
}
