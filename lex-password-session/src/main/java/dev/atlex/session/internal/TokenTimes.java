package dev.atlex.session.internal;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** When a token expires, as far as it says so itself. Tokens belong to the server: this is a hint, never a proof. */
public final class TokenTimes {
    private static final long MAX = 253_402_300_799L;

    private TokenTimes() {}

    /** The {@code exp} of a JWT by the server's clock, or null where the token is no JWT or has none. */
    public static @Nullable Instant expiry(String token) {
        int start = token.indexOf('.') + 1;
        int end = token.indexOf('.', start);
        if (start == 0 || end < 0) {
            return null;
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(start, end));
            Long exp = LexValue.parseJson(payload, ReadOptions.LENIENT) instanceof LexMap map
                    ? map.getInteger("exp")
                    : null;
            return exp == null || exp < 0 || exp > MAX ? null : Instant.ofEpochSecond(exp);
        } catch (IllegalArgumentException | LexException e) {
            return null;
        }
    }
}
