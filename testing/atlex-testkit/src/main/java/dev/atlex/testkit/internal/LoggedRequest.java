package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.Jws;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as recorded in the log, without its body or any secrets.
 *
 * @param nsid the method's NSID; empty if the path isn't that of an XRPC method
 * @param status the status of the response, or 0 if none has been sent yet
 */
public record LoggedRequest(
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
     * The unverified claims of a bearer token.
     *
     * @param type the header's {@code typ}
     * @param id the {@code jti} claim or, for a token without one, part of the token's hash
     */
    public record Token(
            @Nullable String type, String id, @Nullable String subject) {
        private static Token of(String authorization) {
            String token = authorization.substring(authorization.indexOf(' ') + 1);
            Jws parsed = HmacTokens.parse(token);
            LexMap header = parsed == null ? null : parsed.header();
            LexMap claims = parsed == null ? null : parsed.payload();
            String jti = claims == null ? null : claims.getString("jti");
            String id = jti != null
                    ? jti
                    : Cid.ofRaw(token.getBytes(UTF_8)).toString().substring(8, 24);
            return new Token(
                    header == null ? null : header.getString("typ"),
                    id,
                    claims == null ? null : claims.getString("sub"));
        }
    }

    static LoggedRequest of(Request request) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.replaceAll((name, value) ->
                name.equals("authorization") || name.equals("cookie") || name.equals("dpop") ? "***" : value);
        String nsid = request.nsid();
        String authorization = request.header("authorization");
        return new LoggedRequest(
                request.method(),
                request.path(),
                request.query(),
                nsid == null ? "" : nsid,
                0,
                authorization != null,
                authorization == null ? null : Token.of(authorization),
                Map.copyOf(headers),
                request.body().length,
                request.port());
    }

    LoggedRequest withStatus(int newStatus) {
        return new LoggedRequest(
                method, path, query, nsid, newStatus, hadAuthorization, token, headers, bodySize, port);
    }
}
