package dev.atlex.session.internal.persist;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SignInLimit;
import dev.atlex.syntax.Did;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of an identifier that signs in to a server.
 *
 * @param did the identifier's account, or null if it never signed in
 * @param signIns the times of its sign-ins, including failed ones, oldest first
 * @param notBefore the time at which the server accepts the next sign-in, or null if it accepts one now
 * @param reportedName the account's name when the identifier last signed in ({@link SignInNames}), or null if that is
 *     unknown
 */
public record LoginRecord(
        @Nullable Did did,
        List<Instant> signIns,
        @Nullable Instant notBefore,
        @Nullable String reportedName) {
    /** The empty record. */
    public static final LoginRecord NONE = new LoginRecord(null, List.of(), null, null);

    /** Reads a record. A corrupt record counts as absent, because losing it does little harm. */
    public static LoginRecord parse(String json) {
        try {
            if (!(LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map)) {
                return NONE;
            }
            String did = map.getString("did");
            Long notBefore = map.getInteger("notBefore");
            List<Instant> signIns = new ArrayList<>();
            LexArray times = map.getArray("signIns");
            if (times != null) {
                for (LexValue time : times) {
                    if (time instanceof LexInteger at) {
                        signIns.add(Instant.ofEpochMilli(at.value()));
                    }
                }
            }
            return new LoginRecord(
                    did == null || !Did.isValid(did) ? null : Did.of(did),
                    List.copyOf(signIns),
                    notBefore == null ? null : Instant.ofEpochMilli(notBefore),
                    map.getString("told"));
        } catch (LexException | DateTimeException e) {
            return NONE;
        }
    }

    /** Returns the record as JSON. */
    public String toJson() {
        LexMap.Builder map = LexMap.builder();
        if (did != null) {
            map.put("did", did.toString());
        }
        if (notBefore != null) {
            map.put("notBefore", notBefore.toEpochMilli());
        }
        if (reportedName != null) {
            map.put("told", reportedName);
        }
        return map.put(
                        "signIns",
                        LexValue.of(signIns.stream()
                                .map(at -> LexValue.of(at.toEpochMilli()))
                                .toList()))
                .build()
                .toJson();
    }

    /**
     * Returns when the server accepts the next sign-in, or null if it accepts one now. A time doesn't count if the
     * clock that recorded it has been set back since.
     */
    @Nullable
    public Instant refusedUntil(Instant now, Duration longest) {
        boolean counts = notBefore != null
                && ExponentialBackoff.isOn(notBefore, now, longest)
                && signIns.stream().noneMatch(at -> at.isAfter(now));
        return counts ? notBefore : null;
    }

    /** Returns when the limit allows the next sign-in, or null if it allows one now. */
    public @Nullable Instant limitedUntil(Instant now, SignInLimit limit) {
        return SignInWindow.nextAfter(limit, signIns, now);
    }

    /** Returns this record with one more sign-in. The attempt was allowed, so the server's limit no longer applies. */
    public LoginRecord tried(Instant now, SignInLimit limit) {
        List<Instant> all = new ArrayList<>(signIns);
        all.add(now);
        return new LoginRecord(did, SignInWindow.relevant(limit, all, now), null, reportedName);
    }

    /** Returns this record with the server's limit. */
    public LoginRecord refusedUntil(Instant until) {
        return new LoginRecord(did, signIns, until, reportedName);
    }

    /** Returns this record after a sign-in of the account. */
    public LoginRecord of(Did account) {
        return of(account, null);
    }

    /** Returns this record after a sign-in of the account, for which the server reports this name. */
    public LoginRecord of(Did account, @Nullable String name) {
        return new LoginRecord(account, signIns, null, name);
    }
}
