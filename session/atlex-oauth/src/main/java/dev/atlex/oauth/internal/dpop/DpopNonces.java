package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest DPoP nonce of each origin. Thread-safe.
 *
 * <p>An authorization server and a PDS have separate nonces, so nonces are kept by origin. Each response may contain a
 * new one. Responses can arrive out of order, so a nonce that has been replaced isn't used again, unless the server
 * demands it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-8">RFC 9449, section 8</a>
 */
public final class DpopNonces {
    private static final String HEADER = "DPoP-Nonce";

    /**
     * The maximum length, which no real nonce reaches. The nonce is sent back within a proof, whose size servers limit.
     */
    private static final int MAX_LENGTH = 1024;

    /**
     * The number of replaced nonces to remember: at least as many as a server issues while one response is in transit.
     */
    private static final int MAX_REPLACED = 8;

    private final OriginCache<State> states = new OriginCache<>();
    private final LongSupplier nanoTime;

    /** Creates a store without nonces. */
    public DpopNonces(TimeSource time) {
        this.nanoTime = time.nanoTime();
    }

    /**
     * An origin's nonce, the time at which a response last confirmed it, and the nonces that it replaced, newest first.
     */
    private record State(String nonce, long nanos, List<String> replaced) {}

    /** Returns the nonce for requests to the origin of a URL, or null if none is known. */
    public @Nullable String current(URI url) {
        State state = states.get(url);
        return state == null ? null : state.nonce();
    }

    /** Like {@link #current(URI)}, but also returns null if no response confirmed the nonce within that time. */
    public @Nullable String current(URI url, Duration maxAge) {
        State state = states.get(url);
        return state == null || nanoTime.getAsLong() - state.nanos() > maxAge.toNanos() ? null : state.nonce();
    }

    /**
     * Records the nonce in a response.
     *
     * @param url the URL that the response came from
     * @param challenge whether the server rejected the request because of its nonce, and accepts only this one
     * @return the response's nonce, or null if there is no valid one
     */
    public @Nullable String observe(URI url, HttpHeaders headers, boolean challenge) {
        String nonce = headers.first(HEADER);
        if (nonce == null || !isValid(nonce)) {
            return null;
        }
        long now = nanoTime.getAsLong();
        states.update(url, old -> {
            if (old == null || old.nonce().equals(nonce)) {
                return new State(nonce, now, old == null ? List.of() : old.replaced());
            }
            if (!challenge && old.replaced().contains(nonce)) {
                return old;
            }
            List<String> replaced = Stream.concat(
                            Stream.of(old.nonce()), old.replaced().stream().filter(one -> !one.equals(nonce)))
                    .limit(MAX_REPLACED)
                    .toList();
            return new State(nonce, now, replaced);
        });
        return nonce;
    }

    /** RFC 9449 allows the characters of {@code NQCHAR}: visible ASCII without quotes or backslashes. */
    private static boolean isValid(String nonce) {
        if (nonce.isEmpty() || nonce.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < nonce.length(); i++) {
            char c = nonce.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
