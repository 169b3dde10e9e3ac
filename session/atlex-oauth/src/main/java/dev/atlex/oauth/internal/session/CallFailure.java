package dev.atlex.oauth.internal.session;

import dev.atlex.client.WwwAuthenticate;
import dev.atlex.client.WwwAuthenticate.Challenge;
import dev.atlex.client.internal.KeptBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.session.internal.auth.AuthFailure;
import dev.atlex.session.internal.auth.ErrorBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of examining a response for a failure that the session can handle.
 *
 * @param response the response to return to the caller, either unread or completely in memory
 * @param kind the kind of failure
 * @param error the server's error code, or null
 * @param message the server's message, or null
 */
record CallFailure(
        TransportResponse response,
        Kind kind,
        @Nullable String error,
        @Nullable String message) {
    /**
     * Error codes for a rejected access token: the one that OAuth defines, and those that servers use for password
     * sessions.
     */
    private static final Set<String> OF_THE_TOKEN = Set.of("invalid_token", "InvalidToken", "ExpiredToken");

    /** The subject of a response. */
    enum Kind {
        /** No failure that concerns the session. */
        NONE,
        /** The server demands a different nonce. */
        NONCE,
        /** The server rejects the proof, for example because of its date. */
        PROOF,
        /** The server rejects the access token. */
        TOKEN,
        /** The user hasn't granted the scope for the call. */
        SCOPE,
        /** The account is inactive. */
        ACCOUNT
    }

    /**
     * Examines a response. Servers differ: some return 400 and others 401, some with {@code WWW-Authenticate} and
     * others without. A 401 may also concern the operation; new tokens don't help in that case.
     *
     * @throws TransportException if the response ends early
     */
    static CallFailure of(TransportResponse response) {
        int status = response.status();
        if (status != 400 && status != 401 && status != 403) {
            return new CallFailure(response, Kind.NONE, null, null);
        }
        ErrorBody body = ErrorBody.of(response);
        KeptBody kept = body.kept();
        Challenge challenge = WwwAuthenticate.parse(response.headers().all("WWW-Authenticate"))
                .challenge("DPoP");
        String named = kept.error();
        String error =
                named == null && challenge != null ? challenge.parameters().get("error") : named;
        String message = kept.payload() instanceof LexMap map ? map.getString("message") : null;
        return new CallFailure(body.response(), kind(status, error), error, message);
    }

    private static Kind kind(int status, @Nullable String error) {
        if (status == 403) {
            return "ScopeMissingError".equals(error) ? Kind.SCOPE : Kind.NONE;
        } else if ("use_dpop_nonce".equals(error)) {
            return Kind.NONCE;
        } else if (status == 401 && "invalid_dpop_proof".equals(error)) {
            return Kind.PROOF;
        } else if (error == null ? status == 401 : OF_THE_TOKEN.contains(error)) {
            return Kind.TOKEN;
        }
        return status == 401 && AuthFailure.concernsAccount(error) ? Kind.ACCOUNT : Kind.NONE;
    }

    /**
     * Returns the scope that the server's message quotes, or null if there is none: {@code Missing required scope
     * "repo:app.bsky.feed.post?action=create"}.
     */
    @Nullable
    String missingScope() {
        String text = message == null ? "" : message;
        int start = text.indexOf('"') + 1;
        int end = text.indexOf('"', start);
        return start == 0 || end <= start ? null : text.substring(start, end);
    }
}
