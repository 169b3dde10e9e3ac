package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Response;
import org.jspecify.annotations.Nullable;

/** An error response: a status, and the {@code error} and {@code error_description} of the body. */
public final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public final int status;
    public final String error;
    public final String description;

    private OAuthError(int status, String error, String description) {
        super(error + ": " + description, null, false, false);
        this.status = status;
        this.error = error;
        this.description = description;
    }

    /** Creates an error with status 400. */
    static OAuthError of(String error, String description) {
        return new OAuthError(400, error, description);
    }

    public static OAuthError invalidRequest(String description) {
        return of("invalid_request", description);
    }

    static OAuthError invalidGrant(String description) {
        return of("invalid_grant", description);
    }

    static OAuthError invalidScope(String description) {
        return of("invalid_scope", description);
    }

    static OAuthError invalidClient(String description) {
        return of("invalid_client", description);
    }

    static OAuthError invalidMetadata(String description) {
        return of("invalid_client_metadata", description);
    }

    static OAuthError invalidProof(String description) {
        return new OAuthError(401, "invalid_dpop_proof", description);
    }

    static OAuthError invalidToken(String description) {
        return new OAuthError(401, "invalid_token", description);
    }

    /** Returns the challenge for a new nonce. Its status is 400 here, but 401 for calls with a token. */
    static OAuthError useNonce(String description) {
        return of("use_dpop_nonce", description);
    }

    /** Returns the reference server's error for two concurrent uses of a refresh token. */
    static OAuthError serverError() {
        return new OAuthError(500, "server_error", "Server error");
    }

    /** Returns the error with a different status. */
    OAuthError withStatus(int other) {
        return new OAuthError(other, error, description);
    }

    /** Returns the value of {@code WWW-Authenticate}, or null if the error has none. */
    public @Nullable String challenge() {
        if (status != 401) {
            return null;
        }
        String challenge = "DPoP algs=\"ES256\", error=\"" + error + "\"";
        // The reference server omits parameters whose values would need escaping.
        return description.indexOf('"') >= 0 ? challenge : challenge + ", error_description=\"" + description + "\"";
    }

    Response response() {
        return Response.json(
                status,
                LexMap.builder()
                        .put("error", error)
                        .put("error_description", description)
                        .build());
    }
}
