package dev.atlex.session.pool;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.RefreshResult;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a pool's sessions, one object for each account, and sends their requests within the rate limits. */
final class PoolSessions {
    private static final Nsid REFRESH = Nsid.of("com.atproto.server.refreshSession");
    private static final Nsid DELETE = Nsid.of("com.atproto.server.deleteSession");

    private final SessionStore store;
    private final SessionOptions options;
    private final @Nullable RateLimiter rateLimiter;
    private final Notifier notifier;
    private final OpenSessions<PasswordSession> open;
    private final StoredAccounts stored;

    PoolSessions(
            SessionStore store,
            SessionOptions options,
            @Nullable RateLimiter rateLimiter,
            OpenSessions<PasswordSession> open,
            StoredAccounts stored) {
        this.store = store;
        this.options = options;
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
            PasswordSession live = known == null ? null : open.peek(known);
            if (live != null && isAt(live, credentials) && isMeant(credentials, live)) {
                return live;
            }
            PasswordSession session = PasswordSession.open(credentials, store, options);
            Slot<PasswordSession> slot = open.claim(session.did());
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
     * Returns the session to keep. Another thread may have opened the same account under another identifier. In that
     * case, its session is kept, and picks up newer tokens from the store.
     */
    private static PasswordSession keep(Slot<PasswordSession> slot, PasswordSession session, Credentials credentials) {
        PasswordSession live = slot.live();
        if (live != null && isAt(live, credentials)) {
            return live;
        }
        slot.put(session);
        return session;
    }

    private static boolean isAt(PasswordSession session, Credentials credentials) {
        return Origins.same(session.health().service(), credentials.service());
    }

    /** Returns an account's session from memory or the store, or null if there is none. */
    @Nullable
    PasswordSession find(Did did) {
        Slot<PasswordSession> slot = open.claim(did);
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
    PasswordSession get(Did did) {
        return required(did, find(did));
    }

    private static PasswordSession required(Did did, @Nullable PasswordSession session) {
        if (session == null) {
            throw new UnknownAccountException(did);
        }
        return session;
    }

    private @Nullable PasswordSession load(Slot<PasswordSession> slot) {
        PasswordSession live = slot.live();
        if (live != null) {
            return live;
        }
        return this.<@Nullable PasswordSession>exclusively(Key.session(slot.did()), () -> {
            PasswordSession other = slot.live();
            if (other != null) {
                return other;
            }
            Entry entry = stored.entry(slot.did());
            if (entry == null
                    || LogoutQueue.isPending(store, SessionRecord.of(entry).data())) {
                return null;
            }
            PasswordSession session = PasswordSession.of(entry, options);
            slot.put(session);
            notifier.publish(new SessionEvent.Resumed(slot.did()));
            return session;
        });
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
        Slot<PasswordSession> slot = open.claim(did);
        try {
            PasswordSession session = required(did, load(slot));
            return rateLimiter == null
                    ? session.send(request)
                    : rateLimiter.wrap(session).send(request);
        } finally {
            open.release(slot);
        }
    }

    /** Opens an account's session, and refreshes its tokens if they have expired. */
    AccountResult resume(Did did) {
        PasswordSession session = get(did);
        return session.isExpired() ? refresh(session) : AccountResult.done(did);
    }

    /** Refreshes a session's tokens within the rate limits. */
    AccountResult refresh(PasswordSession session) {
        RefreshResult result = limited(session, REFRESH, PasswordSession::refresh);
        Did did = session.did();
        return result.refreshed() ? AccountResult.done(did) : AccountResult.postponed(did, result.failure());
    }

    /** Returns the session of an entry that is not kept in memory. */
    PasswordSession detached(Entry entry) {
        return PasswordSession.of(entry, options);
    }

    /** Ends an account's session within the rate limits. */
    AccountResult logout(Did did) {
        Entry entry = stored.entry(did);
        PasswordSession session = get(did);
        boolean confirmed = limited(session, DELETE, PasswordSession::logout);
        open.remove(did);
        SessionRecord other = entry == null ? null : SessionRecord.readable(entry);
        if (entry != null
                && other != null
                && !Origins.same(other.data().service(), session.health().service())) {
            // The entry holds the account's session at another service.
            confirmed &= limited(detached(entry), DELETE, PasswordSession::logout);
        }
        return confirmed ? AccountResult.done(did) : AccountResult.postponed(did, null);
    }

    /**
     * Makes a call within the rate limits. A single session refreshes without waiting for the rate limiter, but many
     * sessions at once have to wait.
     */
    private <T> T limited(PasswordSession session, Nsid method, Function<PasswordSession, T> call) {
        return rateLimiter == null
                ? call.apply(session)
                : rateLimiter.call(session.did(), session.health().service(), method, () -> call.apply(session));
    }
}
