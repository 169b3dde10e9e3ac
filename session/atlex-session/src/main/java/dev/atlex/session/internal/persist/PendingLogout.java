package dev.atlex.session.internal.persist;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.TokenText;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account's queued logouts: sessions that have ended locally, and are kept in the store until their servers have
 * revoked them.
 *
 * @param did the account
 * @param sessions the sessions to revoke
 * @param attempts the number of failed attempts
 * @param notBefore the time of the next attempt
 */
public record PendingLogout(Did did, List<Session> sessions, int attempts, Instant notBefore) {
    /**
     * A session to revoke.
     *
     * @param service the only server that may see the token; an account that has migrated has sessions at several
     *     services
     * @param token a refresh token
     * @param unsettled whether the token may have an unknown successor: a refresh was sent, and its response was lost
     */
    public record Session(URI service, String token, boolean unsettled) {
        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Session[" + service + "]";
        }
    }

    /** Returns the key for an account's entry. */
    public static Key key(Did did) {
        return new Key(Kind.LOGOUT, did.toString());
    }

    /** Returns the entry's key. */
    public Key key() {
        return key(did);
    }

    /**
     * Reads an entry. Its account is that of the entry's key. Tokens that can't be sent in a request and sessions
     * without a server are left out. An invalid count or time means that an attempt can start immediately.
     *
     * @throws SessionStoreException if nothing in the entry can be sent to a server
     */
    public static PendingLogout of(Entry entry) {
        List<Session> sessions = new ArrayList<>();
        LexMap map = map(entry);
        LexArray all = map == null ? null : map.getArray("sessions");
        if (map == null || all == null || !Did.isValid(entry.key().name())) {
            throw new SessionStoreException("the store's " + entry.key() + " is corrupt", null);
        }
        for (LexValue one : all) {
            Session session = one instanceof LexMap fields ? session(fields) : null;
            if (session != null) {
                sessions.add(session);
            }
        }
        if (sessions.isEmpty()) {
            throw new SessionStoreException(
                    "the store's " + entry.key() + " is corrupt: it has no token that can be sent to a server", null);
        }
        Long attempts = map.getInteger("attempts");
        Long notBefore = map.getInteger("notBefore");
        return new PendingLogout(
                Did.of(entry.key().name()),
                List.copyOf(sessions),
                attempts == null || attempts < 0 ? 0 : (int) Math.min(attempts, Integer.MAX_VALUE - 1),
                time(notBefore));
    }

    /** Returns the pending logout of an entry, or null if nothing in the entry can be sent to a server. */
    static @Nullable PendingLogout readable(Entry entry) {
        try {
            return of(entry);
        } catch (SessionStoreException e) {
            return null;
        }
    }

    /**
     * Returns whether a session with one of these refresh tokens was logged out through this store. A logout is queued
     * before the session's entry is deleted, and the process may die in between.
     *
     * @throws SessionStoreException if the store fails
     */
    static boolean contains(EntryStore store, Did did, Collection<String> tokens) {
        Entry entry = CompareAndSet.load(store, key(did));
        PendingLogout pending = entry == null ? null : readable(entry);
        return pending != null && pending.sessions().stream().anyMatch(one -> tokens.contains(one.token()));
    }

    private static @Nullable LexMap map(Entry entry) {
        try {
            return LexValue.parseJson(entry.value(), ReadOptions.LENIENT) instanceof LexMap map ? map : null;
        } catch (LexException e) {
            return null;
        }
    }

    private static @Nullable Session session(LexMap fields) {
        String service = fields.getString("service");
        String token = fields.getString("token");
        if (service == null || token == null || !TokenText.isSendable(token)) {
            return null;
        }
        try {
            return new Session(Origins.parse(service), token, Boolean.TRUE.equals(fields.getBoolean("unsettled")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Instant time(@Nullable Long seconds) {
        try {
            return seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Returns the queued logouts as JSON. */
    public String toJson() {
        return LexMap.builder()
                .put("did", did.toString())
                .put(
                        "sessions",
                        LexValue.of(sessions.stream().map(PendingLogout::json).toList()))
                .put("attempts", attempts)
                .put("notBefore", notBefore.getEpochSecond())
                .build()
                .toJson();
    }

    private static LexMap json(Session one) {
        LexMap.Builder map =
                LexMap.builder().put("service", one.service.toString()).put("token", one.token);
        if (one.unsettled) {
            map.put("unsettled", true);
        }
        return map.build();
    }

    /** Returns the logouts of both. The next attempt follows soon. */
    public PendingLogout and(PendingLogout other) {
        Map<List<Object>, Session> all = new LinkedHashMap<>();
        for (List<Session> some : List.of(sessions, other.sessions)) {
            for (Session one : some) {
                all.merge(
                        List.of(one.service, one.token),
                        one,
                        (a, b) -> new Session(a.service, a.token, a.unsettled || b.unsettled));
            }
        }
        return new PendingLogout(did, List.copyOf(all.values()), 0, other.notBefore);
    }

    /** Returns the queue after an attempt that left these sessions. */
    public PendingLogout afterFailure(List<Session> left, Instant next) {
        return new PendingLogout(did, left, attempts + 1, next);
    }

    /** Returns a description without tokens. */
    @Override
    public String toString() {
        return "PendingLogout[" + did + ", " + sessions + ", attempts " + attempts + ", not before " + notBefore + "]";
    }
}
