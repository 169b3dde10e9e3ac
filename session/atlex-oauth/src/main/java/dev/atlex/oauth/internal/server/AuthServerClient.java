package dev.atlex.oauth.internal.server;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to authorization servers. One object serves all sessions of an OAuth client: its only state is the
 * servers' nonces and clocks.
 *
 * <p>Each request has a DPoP proof, and an assertion if the client is confidential. {@link DpopPost} describes when a
 * request is sent again. Redirects aren't followed. No exception shows a token, code, verifier, proof or assertion,
 * even if the server quotes it.
 */
public final class AuthServerClient {
    private final DpopPost post;

    /**
     * Creates a client.
     *
     * @param context the context, shared with the requests that carry access tokens
     */
    public AuthServerClient(Transport transport, TimeSource time, DpopContext context) {
        this.post = new DpopPost(transport, time, context);
    }

    /**
     * Pushes an authorization request.
     *
     * @param dpopKey the key of the session that will be created
     * @param parameters the parameters without those that authenticate the client
     * @throws OAuthResponseException if the server refuses the request or sends an invalid response
     * @throws TransportException if there is no response
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9126">RFC 9126: Pushed Authorization Requests</a>
     */
    public PushedRequest push(
            AuthServer server,
            ClientAuth auth,
            P256PrivateKey dpopKey,
            Map<String, String> parameters,
            Deadline deadline) {
        List<String> secrets = new ArrayList<>();
        for (String name : List.of("state", "code_challenge")) {
            String value = parameters.get(name);
            if (value != null) {
                secrets.add(value);
            }
        }
        ServerResponse response = post.send(
                new DpopPost.Request(server, server.parEndpoint(), auth, dpopKey, parameters, secrets), deadline);
        if (!response.isSuccess()) {
            throw response.refused("authorization request");
        }
        String requestUri = response.text("request_uri");
        if (requestUri == null) {
            throw response.invalid("authorization request", "no request_uri");
        }
        return new PushedRequest(requestUri, response.seconds("expires_in"));
    }

    /**
     * Exchanges a code for tokens. A code works once, and most refusals use it up, so the exchange must not be
     * repeated.
     *
     * @param verifier the PKCE verifier
     * @param redirectUri the redirect URI of the authorization request
     * @throws OAuthResponseException if the server refuses the request or sends an invalid response
     * @throws TransportException if there is no response
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3">RFC 6749, section 4.1.3</a>
     */
    public TokenReply exchange(
            AuthServer server,
            ClientAuth auth,
            P256PrivateKey dpopKey,
            String code,
            String verifier,
            URI redirectUri,
            Deadline deadline) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", redirectUri.toString());
        fields.put("code_verifier", verifier);
        ServerResponse response = post.send(
                new DpopPost.Request(server, server.tokenEndpoint(), auth, dpopKey, fields, List.of(code, verifier)),
                deadline);
        if (!response.isSuccess()) {
            throw response.refused("code exchange");
        }
        TokenReply tokens = tokens(response);
        if (tokens == null) {
            throw response.invalid("code exchange", "no access_token");
        }
        return tokens;
    }

    /**
     * Exchanges a refresh token for new tokens. The caller must hold the lease for the session, and
     * must not be interrupted.
     *
     * @return the outcome, which may be a transport failure
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section 6</a>
     */
    public RefreshReply refresh(
            AuthServer server, ClientAuth auth, P256PrivateKey dpopKey, String refreshToken, Deadline deadline) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refreshToken);
        DpopPost.Request request =
                new DpopPost.Request(server, server.tokenEndpoint(), auth, dpopKey, fields, List.of(refreshToken));
        try {
            return RefreshOutcomes.of(post.send(request, deadline));
        } catch (TransportException e) {
            return e.requestMayHaveBeenProcessed() ? new RefreshReply.Unknown(e, null) : new RefreshReply.NotSent(e);
        }
    }

    /**
     * Revokes a session by any of its refresh tokens, current or rotated.
     *
     * @return the outcome, which may be a transport failure
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009: Token Revocation</a>
     */
    public RevocationReply revoke(
            AuthServer server, ClientAuth auth, P256PrivateKey dpopKey, String refreshToken, Deadline deadline) {
        URI endpoint = server.revocationEndpoint();
        if (endpoint == null) {
            return new RevocationReply.Unsupported();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("token", refreshToken);
        fields.put("token_type_hint", "refresh_token");
        try {
            ServerResponse response = post.send(
                    new DpopPost.Request(server, endpoint, auth, dpopKey, fields, List.of(refreshToken)), deadline);
            return response.isSuccess()
                    ? new RevocationReply.Accepted()
                    : new RevocationReply.Failed(response.refused("revocation"), response.retryAt());
        } catch (TransportException e) {
            return new RevocationReply.Failed(e, null);
        }
    }

    /**
     * Returns the tokens in a response, or null if there is no access token, or the response ends before the tokens.
     */
    static @Nullable TokenReply tokens(ServerResponse response) {
        String accessToken = response.text("access_token");
        String refreshToken = response.text("refresh_token");
        return accessToken == null || refreshToken == null && response.broken() != null
                ? null
                : new TokenReply(
                        accessToken,
                        refreshToken,
                        response.text("token_type"),
                        response.text("scope"),
                        response.seconds("expires_in"),
                        response.text("sub"),
                        response.receivedAt());
    }
}
