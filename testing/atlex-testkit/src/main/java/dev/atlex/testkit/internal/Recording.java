package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.RecordedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the log's view of a request, in which no token is left. */
final class Recording {
    private Recording() {}

    static RecordedRequest of(Request request) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.replaceAll((name, value) ->
                name.equals("authorization") || name.equals("cookie") || name.equals("dpop") ? "***" : value);
        String nsid = request.nsid();
        String authorization = request.header("authorization");
        return new RecordedRequest(
                request.method(),
                request.path(),
                request.query(),
                nsid == null ? "" : nsid,
                0,
                authorization != null,
                authorization == null ? null : token(authorization),
                Map.copyOf(headers),
                request.body().length,
                request.port());
    }

    private static RecordedRequest.@Nullable Token token(String authorization) {
        int space = authorization.indexOf(' ');
        String token = authorization.substring(space + 1);
        String[] parts = token.split("\\.", -1);
        LexMap header = parts.length == 3 ? Tokens.decode(parts[0]) : null;
        LexMap claims = parts.length == 3 ? Tokens.decode(parts[1]) : null;
        String type = header == null ? null : header.getString("typ");
        RecordedRequest.Kind kind = "at+jwt".equals(type)
                ? RecordedRequest.Kind.ACCESS
                : "refresh+jwt".equals(type) ? RecordedRequest.Kind.REFRESH : RecordedRequest.Kind.OTHER;
        String jti = claims == null ? null : claims.getString("jti");
        String id =
                jti != null ? jti : Cid.ofRaw(token.getBytes(UTF_8)).toString().substring(8, 24);
        return new RecordedRequest.Token(kind, id, claims == null ? null : claims.getString("sub"));
    }
}
