package dev.atlex.testkit.internal.oauth;

import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;

/** Thrown when an authorization request ends without a code. The browser returns to the client with the error. */
final class AuthorizationDenied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Parameters parameters;
    final String error;
    final String description;

    AuthorizationDenied(Parameters parameters, String error, String description) {
        super(error + ": " + description, null, false, false);
        this.parameters = parameters;
        this.error = error;
        this.description = description;
    }

    static AuthorizationDenied access(Parameters parameters, String description) {
        return new AuthorizationDenied(parameters, "access_denied", description);
    }
}
