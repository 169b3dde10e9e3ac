package dev.atlex.testkit.internal.oauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pushed authorization request, from PAR until its code is exchanged. Guarded by the server's lock. */
final class AuthorizationRequest {
    /**
     * The validated parameters of the client's request.
     *
     * @param scope the known scopes, separated by spaces
     * @param thumbprint the thumbprint of the DPoP key that requested it, or null if there was no proof
     */
    record Parameters(
            String clientId,
            String redirectUri,
            String scope,
            String codeChallenge,
            @Nullable String state,
            @Nullable String responseMode,
            @Nullable String prompt,
            @Nullable String loginHint,
            @Nullable String thumbprint) {
        Parameters withScope(String other) {
            return new Parameters(
                    clientId, redirectUri, other, codeChallenge, state, responseMode, prompt, loginHint, thumbprint);
        }

        Parameters withThumbprint(@Nullable String other) {
            return new Parameters(
                    clientId, redirectUri, scope, codeChallenge, state, responseMode, prompt, loginHint, other);
        }
    }

    final String id;
    final ClientAuth auth;
    Parameters parameters;
    Instant expiresAt;

    /** The browser that opened the request, or null until one does. */
    @Nullable
    String device;

    /** The account that entered its password for this request, or null. */
    @Nullable
    String signedIn;

    /** The account that granted the request, or null. */
    @Nullable
    String did;

    /** The code that the client exchanges for tokens, or null until the request is granted. */
    @Nullable
    String code;

    AuthorizationRequest(String id, ClientAuth auth, Parameters parameters, Instant expiresAt) {
        this.id = id;
        this.auth = auth;
        this.parameters = parameters;
        this.expiresAt = expiresAt;
    }
}
