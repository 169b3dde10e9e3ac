package dev.atlex.session.internal;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The times in a token, if they can be read. The server decides what a token contains, so the times are only a hint.
 *
 * @param issued the JWT's {@code iat}, by the server's clock, or null if there is none
 * @param expires its {@code exp}, or null if there is none
 */
public record TokenTimes(@Nullable Instant issued, @Nullable Instant expires) {
    private static final TokenTimes UNKNOWN = new TokenTimes(null, null);
    private static final long MAX = 253_402_300_799L;
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    /** Returns the times in a JWT, or none if the token isn't a JWT. */
    public static TokenTimes of(String token) {
        int start = token.indexOf('.') + 1;
        int end = token.indexOf('.', start);
        if (start == 0 || end < 0) {
            return UNKNOWN;
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(start, end));
            return LexValue.parseJson(payload, READING) instanceof LexMap map
                    ? new TokenTimes(time(map, "iat"), time(map, "exp"))
                    : UNKNOWN;
        } catch (IllegalArgumentException | LexException e) {
            return UNKNOWN;
        }
    }

    private static @Nullable Instant time(LexMap claims, String name) {
        Long seconds = claims.getInteger(name);
        return seconds == null || seconds < 0 || seconds > MAX ? null : Instant.ofEpochSecond(seconds);
    }
}
