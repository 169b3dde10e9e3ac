package dev.atlex.oauth.internal.session;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.TokenReply;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates session data from tokens that a server has just issued. */
public final class IssuedTokens {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private IssuedTokens() {}

    /**
     * Returns the data of a session that has just begun.
     *
     * @param tokens the server's response
     * @param did the account, after it was verified
     * @param issuer the authorization server
     * @param pds the account's server
     * @param auth the method by which the client authenticated
     * @param key the session's DPoP key
     * @throws dev.atlex.data.LexDataException if a token can't be sent in a request
     */
    public static OAuthSessionData issued(
            TokenReply tokens, Did did, URI issuer, URI pds, ClientAuth auth, P256PrivateKey key) {
        LexMap.Builder tokenSet = LexMap.builder()
                .put("aud", pds + "/")
                .put("sub", did.toString())
                .put("iss", issuer.toString());
        return OAuthSessionData.of(LexMap.builder()
                .put("authMethod", method(auth))
                .put(
                        "dpopJwk",
                        key.toJwk().toBuilder()
                                .put("kid", key.publicKey().thumbprint())
                                .build())
                .put("tokenSet", withTokens(tokenSet, tokens).build())
                .put("clientId", auth.clientId())
                .build());
    }

    /**
     * Returns the data of a session after a refresh. Its account stays the same. The account in the response is
     * checked once the tokens are saved.
     */
    static OAuthSessionData rotated(OAuthSessionData old, TokenReply tokens, ClientAuth auth) {
        LexMap fields = (LexMap) old.fields();
        LexMap.Builder tokenSet = Objects.requireNonNull(fields.getMap("tokenSet")).toBuilder();
        return OAuthSessionData.of(fields.toBuilder()
                .put("authMethod", method(auth))
                .put("tokenSet", withTokens(tokenSet, tokens).build())
                .put("clientId", auth.clientId())
                .build());
    }

    private static LexMap method(ClientAuth auth) {
        LexMap.Builder method = LexMap.builder().put("method", auth.method());
        String kid = auth.kid();
        return kid == null ? method.build() : method.put("kid", kid).build();
    }

    private static LexMap.Builder withTokens(LexMap.Builder tokenSet, TokenReply tokens) {
        put(tokenSet, "scope", tokens.scope());
        put(tokenSet, "refresh_token", tokens.refreshToken());
        tokenSet.put("access_token", tokens.accessToken()).put("token_type", "DPoP");
        Instant end = tokens.expiresIn() == null ? null : tokens.receivedAt().plus(tokens.expiresIn());
        return end == null ? tokenSet.remove("expires_at") : tokenSet.put("expires_at", MILLIS.format(end));
    }

    private static void put(LexMap.Builder fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
