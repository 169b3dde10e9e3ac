package dev.atlex.session;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sessions of an account that are over here, as a store remembers them until their server knows.
 *
 * @param did the account
 * @param sessions what the servers are to forget
 * @param attempts how often it was tried in vain
 * @param notBefore when to try next
 */
record PendingLogout(Did did, List<Session> sessions, int attempts, Instant notBefore) {
    /**
     * A session to be deleted.
     *
     * @param service the only server that may see the token: an account that has moved has sessions at several
     * @param token a refresh token
     */
    record Session(URI service, String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Session[" + service + "]";
        }
    }

    static Key key(Did did) {
        return new Key(Kind.LOGOUT, did.toString());
    }

    Key key() {
        return key(did);
    }

    /** @throws SessionStoreException if the entry is damaged */
    static PendingLogout of(Entry entry) {
        try {
            if (!(LexValue.parseJson(entry.value(), ReadOptions.LENIENT) instanceof LexMap map)) {
                throw new LexDataException("$", "a pending logout that is no object");
            }
            String did = map.getString("did");
            LexArray sessions = map.getArray("sessions");
            Long attempts = map.getInteger("attempts");
            Long notBefore = map.getInteger("notBefore");
            if (did == null || sessions == null || attempts == null || notBefore == null) {
                throw new LexDataException("$", "a pending logout that lacks a field");
            }
            List<Session> list = new ArrayList<>();
            for (LexValue session : sessions) {
                String service = session instanceof LexMap one ? one.getString("service") : null;
                String token = session instanceof LexMap one ? one.getString("token") : null;
                if (service == null || token == null) {
                    throw new LexDataException("$.sessions", "a pending logout that lacks a field");
                }
                list.add(new Session(Credentials.origin(service), token));
            }
            return new PendingLogout(
                    Did.of(did), List.copyOf(list), Math.toIntExact(attempts), Instant.ofEpochSecond(notBefore));
        } catch (LexException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new SessionStoreException("the store's " + entry.key() + " is damaged", null);
        }
    }

    String toJson() {
        return LexMap.builder()
                .put("did", did.toString())
                .put(
                        "sessions",
                        LexValue.of(sessions.stream()
                                .map(one -> LexMap.builder()
                                        .put("service", one.service.toString())
                                        .put("token", one.token)
                                        .build())
                                .toList()))
                .put("attempts", attempts)
                .put("notBefore", notBefore.getEpochSecond())
                .build()
                .toJson();
    }

    /** Both together: it is tried soon. */
    PendingLogout and(PendingLogout other) {
        Set<Session> all = new LinkedHashSet<>(sessions);
        all.addAll(other.sessions);
        return new PendingLogout(did, List.copyOf(all), 0, other.notBefore);
    }

    /** After a try that left these. */
    PendingLogout afterFailure(List<Session> left, Instant next) {
        return new PendingLogout(did, left, attempts + 1, next);
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "PendingLogout[" + did + ", " + sessions + ", attempts " + attempts + ", not before " + notBefore + "]";
    }
}
