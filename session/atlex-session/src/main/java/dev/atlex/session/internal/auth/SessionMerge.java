package dev.atlex.session.internal.auth;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.session.SessionData;
import org.jspecify.annotations.Nullable;

/** Merges a server's response into the known session data. */
public final class SessionMerge {
    private SessionMerge() {}

    /**
     * Returns the data with the fields of a newer response. Fields that are missing or invalid in the response are
     * kept. If the response's DID document leads to no server, a known document that leads to one is kept too.
     */
    public static SessionData merge(SessionData old, LexMap newer) {
        LexMap usable = SessionFields.usable(newer);
        LexMap.Builder merged = LexMap.copyOf(old.fields()).toBuilder();
        if (Boolean.TRUE.equals(usable.getBoolean("active"))) {
            // An active account has no status, so the last one must be removed.
            merged.remove("status");
        }
        usable.forEach((name, value) -> {
            boolean worse = name.equals("didDoc") && isWorse(old, usable.getMap("didDoc"));
            if (value != LexNull.NULL && !name.equals("service") && !worse) {
                merged.put(name, value);
            }
        });
        return SessionData.of(merged.build());
    }

    private static boolean isWorse(SessionData old, @Nullable LexMap document) {
        return old.pds() == null
                ? !PdsEndpoints.isOf(document, old.did()) && old.fields().containsKey("didDoc")
                : PdsEndpoints.pds(document, old.did(), old.service()) == null;
    }

    /** Returns whether a response lacks fields that {@code getSession} would return about its session. */
    static boolean isIncomplete(SessionData data, LexMap fields) {
        return data.pds() == null || fields.getBoolean("emailConfirmed") == null;
    }

    /**
     * Returns the data with the fields of a {@code getSession} response, which never change the tokens or the account.
     */
    public static SessionData describe(SessionData old, LexMap response) {
        return merge(
                old,
                response.toBuilder()
                        .remove("accessJwt")
                        .remove("refreshJwt")
                        .remove("did")
                        .build());
    }
}
