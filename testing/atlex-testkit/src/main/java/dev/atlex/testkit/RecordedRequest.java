package dev.atlex.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link LocalPds} got, for tests to look at. It holds no token and no body.
 *
 * @param method the HTTP method
 * @param path the path, still percent-encoded
 * @param query the query, still percent-encoded; empty where there was none
 * @param nsid the method of a path {@code /xrpc/…}, otherwise empty
 * @param status what was answered, or 0 where there was no answer (yet)
 * @param hadAuthorization whether an {@code Authorization} header was sent
 * @param token what that held, or null where there was none
 * @param headers by lower-case name, that of the authorization redacted
 * @param bodySize in bytes
 * @param port the port that it came to, which tells an entryway from the PDS behind it
 */
public record RecordedRequest(
        String method,
        String path,
        String query,
        String nsid,
        int status,
        boolean hadAuthorization,
        @Nullable Token token,
        Map<String, String> headers,
        int bodySize,
        int port) {

    /**
     * What a request's bearer token says of itself, whether it is valid or not.
     *
     * @param kind which of the two tokens it is
     * @param id tells tokens apart: a refresh token's {@code jti}, otherwise some digits of the token's hash
     * @param did whose token it is, or null where it does not say
     */
    public record Token(Kind kind, String id, @Nullable String did) {}

    /** The kinds of token. */
    public enum Kind {
        /** For calls. */
        ACCESS,
        /** For a new pair of tokens, and for logging out. */
        REFRESH,
        /** Neither of the two. */
        OTHER
    }

    /** The same request, answered with this status. */
    public RecordedRequest withStatus(int answered) {
        return new RecordedRequest(
                method, path, query, nsid, answered, hadAuthorization, token, headers, bodySize, port);
    }
}
