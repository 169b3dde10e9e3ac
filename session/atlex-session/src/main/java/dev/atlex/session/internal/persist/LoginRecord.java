package dev.atlex.session.internal.persist;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SignInLimit;
import dev.atlex.session.internal.ExponentialBackoff;
import dev.atlex.syntax.Did;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store remembers of an identifier that signs in at a server.
 *
 * @param did whose identifier it is, or null where it never signed in
 * @param signIns when it tried, the oldest first
 * @param notBefore when the server will listen again, or null
 * @param told the account's name when the identifier last signed in ({@link SignInNames}), or null if that is not known
 */
public record LoginRecord(
        @Nullable Did did,
        List<Instant> signIns,
        @Nullable Instant notBefore,
        @Nullable String told) {
    public static final LoginRecord NONE = new LoginRecord(null, List.of(), null, null);

    /** Nothing of it is worth an exception: where it can't be read, nothing is remembered. */
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

    public String toJson() {
        LexMap.Builder map = LexMap.builder();
        if (did != null) {
            map.put("did", did.toString());
        }
        if (notBefore != null) {
            map.put("notBefore", notBefore.toEpochMilli());
        }
        if (told != null) {
            map.put("told", told);
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
     * When the server will listen again, or null if it does now. What was said by a clock that has been put back since
     * does not count.
     */
    @Nullable
    public Instant refusedUntil(Instant now, Duration longest) {
        boolean counts = notBefore != null
                && ExponentialBackoff.isOn(notBefore, now, longest)
                && signIns.stream().noneMatch(at -> at.isAfter(now));
        return counts ? notBefore : null;
    }

    /** Returns when the limit allows the next sign-in, or null if it allows it now. */
    public @Nullable Instant limitedUntil(Instant now, SignInLimit limit) {
        return SignInWindow.nextAfter(limit, signIns, now);
    }

    /** With one more try: whoever may make it is not refused any more. */
    public LoginRecord tried(Instant now, SignInLimit budget) {
        List<Instant> all = new ArrayList<>(signIns);
        all.add(now);
        return new LoginRecord(did, SignInWindow.relevant(budget, all, now), null, told);
    }

    /** Refused until then. */
    public LoginRecord refusedUntil(Instant until) {
        return new LoginRecord(did, signIns, until, told);
    }

    /** Signed in. */
    public LoginRecord of(Did account) {
        return of(account, null);
    }

    /** Signed in, and the server told this name of the account. */
    public LoginRecord of(Did account, @Nullable String name) {
        return new LoginRecord(account, signIns, null, name);
    }
}
