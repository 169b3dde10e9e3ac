package dev.atlex.session;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStore.Entry;
import dev.atlex.session.SessionStore.Key;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sessions of an account that are over here, as a store remembers them until their server knows.
 *
 * @param did the account
 * @param service the server that keeps the sessions
 * @param tokens the refresh tokens that it is to forget
 * @param attempts how often it was tried in vain
 * @param notBefore when to try next
 */
record PendingLogout(Did did, URI service, List<String> tokens, int attempts, Instant notBefore) {
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
            String service = map.getString("service");
            LexArray tokens = map.getArray("tokens");
            Long attempts = map.getInteger("attempts");
            Long notBefore = map.getInteger("notBefore");
            if (did == null || service == null || tokens == null || attempts == null || notBefore == null) {
                throw new LexDataException("$", "a pending logout that lacks a field");
            }
            List<String> list = new ArrayList<>();
            for (LexValue token : tokens) {
                if (token instanceof LexString text) {
                    list.add(text.value());
                }
            }
            return new PendingLogout(
                    Did.of(did),
                    Credentials.origin(service),
                    List.copyOf(list),
                    Math.toIntExact(attempts),
                    Instant.ofEpochSecond(notBefore));
        } catch (LexException | IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new SessionStoreException("the store's " + entry.key() + " is damaged", null);
        }
    }

    String toJson() {
        return LexMap.builder()
                .put("did", did.toString())
                .put("service", service.toString())
                .put("tokens", LexValue.of(tokens.stream().map(LexValue::of).toList()))
                .put("attempts", attempts)
                .put("notBefore", notBefore.getEpochSecond())
                .build()
                .toJson();
    }

    /** Both together: it is tried soon. */
    PendingLogout and(PendingLogout other) {
        Set<String> all = new LinkedHashSet<>(tokens);
        all.addAll(other.tokens);
        return new PendingLogout(did, other.service, List.copyOf(all), 0, other.notBefore);
    }

    /** After a try that left these. */
    PendingLogout afterFailure(List<String> left, Instant next) {
        return new PendingLogout(did, service, left, attempts + 1, next);
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "PendingLogout[" + did + ", " + service + ", attempts " + attempts + ", not before " + notBefore + "]";
    }
}
