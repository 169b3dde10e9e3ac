package dev.atlex.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a server rejects a proof because the URL in it differs from the server's own view of its URL. Usually,
 * the server is behind a proxy that doesn't forward the host and the scheme. Only the server's operator can fix this;
 * the session stays valid.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">RFC 9449, section 4.3</a>
 */
public final class ProofTargetException extends OAuthResponseException {
    private static final long serialVersionUID = 1L;

    private final URI expected;

    private ProofTargetException(
            String operation,
            URI url,
            URI expected,
            int status,
            @Nullable String errorDescription,
            @Nullable Instant retryAt) {
        super(
                operation + ": the server rejects the proof for " + url + ", and may expect one for " + expected
                        + "; its proxy must forward the host and the scheme of requests (Host or X-Forwarded-Host, and"
                        + " X-Forwarded-Proto)",
                url,
                status,
                "invalid_dpop_proof",
                errorDescription,
                retryAt);
        this.expected = expected;
    }

    /**
     * Creates the exception.
     *
     * @param operation the operation that failed
     * @param url the URL of the request, without query
     * @param issuer the origin that the server has in its own metadata
     * @param status the HTTP status
     * @param errorDescription the server's explanation, or null
     * @param retryAt the time at which the server allows the next request, or null
     */
    public static ProofTargetException of(
            String operation,
            URI url,
            URI issuer,
            int status,
            @Nullable String errorDescription,
            @Nullable Instant retryAt) {
        return new ProofTargetException(operation, url, expected(url, issuer), status, errorDescription, retryAt);
    }

    /**
     * Guesses the expected URL, because servers don't report it: its host is the issuer's, or the proxy dropped the
     * scheme.
     */
    private static URI expected(URI url, URI issuer) {
        boolean sameHost = String.valueOf(url.getAuthority()).equalsIgnoreCase(issuer.getAuthority());
        String scheme = sameHost && "https".equals(url.getScheme()) ? "http" : issuer.getScheme();
        try {
            return new URI(scheme, issuer.getAuthority(), url.getPath(), null, null);
        } catch (URISyntaxException e) {
            return issuer;
        }
    }

    /**
     * Returns the URL that the server may have expected in the proof: the request's URL with the issuer's origin, or
     * without TLS. This is a guess, because servers don't report the URL.
     */
    public URI expected() {
        return expected;
    }
}
