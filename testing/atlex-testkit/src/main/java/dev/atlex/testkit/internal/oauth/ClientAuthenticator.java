package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.Jws;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Authenticates clients with {@code private_key_jwt}. Guarded by the server's lock.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7523#section-3">RFC 7523, section 3</a>
 */
final class ClientAuthenticator {
    private static final String BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Clock clock;
    private final OAuthSettings settings;
    private final Replays replays = new Replays();

    ClientAuthenticator(Clock clock, OAuthSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    void clear() {
        replays.clear();
    }

    /** Returns how the client authenticated itself. */
    ClientAuth check(Client client, Map<String, String> parameters, String issuer) {
        if (!client.confidential()) {
            return ClientAuth.NONE;
        }
        String assertion = parameters.get("client_assertion");
        if (assertion == null) {
            throw OAuthError.invalidRequest(
                    "client authentication method \"private_key_jwt\" required a \"client_assertion\"");
        }
        String type = parameters.get("client_assertion_type");
        if (!BEARER.equals(type)) {
            throw OAuthError.invalidClient("Unsupported client_assertion_type \"" + type + "\"");
        }
        try {
            return check(client, Jws.parse(assertion), issuer);
        } catch (CryptoException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private ClientAuth check(Client client, Jws assertion, String issuer) {
        String kid = assertion.header().getString("kid");
        List<ClientKey> keys = client.keys().stream()
                .filter(key -> kid == null || kid.equals(key.kid()))
                .toList();
        if (keys.isEmpty()) {
            throw failed("no applicable key found in the JSON Web Key Set");
        }
        if (keys.size() > 1) {
            throw failed("multiple matching keys found in the JSON Web Key Set");
        }
        ClientKey key = keys.get(0);
        if (!assertion.verify(key.key())) {
            throw failed("signature verification failed");
        }
        checkClaims(client, assertion.payload(), issuer);
        if (kid == null) {
            throw OAuthError.invalidClient("\"kid\" required in client_assertion");
        }
        if (!replays.add(client.id() + " " + assertion.payload().getString("jti"))) {
            throw OAuthError.invalidGrant("private_key_jwt jti reused");
        }
        return new ClientAuth(kid, key.key().thumbprint());
    }

    private void checkClaims(Client client, LexMap claims, String issuer) {
        for (String required : List.of("iss", "sub", "aud", "iat", "jti")) {
            if (!claims.containsKey(required)) {
                throw failed("missing required \"" + required + "\" claim");
            }
        }
        for (String own : List.of("iss", "sub")) {
            if (!client.id().equals(claims.getString(own))) {
                throw failed("unexpected \"" + own + "\" claim value");
            }
        }
        LexArray audiences = claims.getArray("aud");
        LexValue audience = LexValue.of(issuer);
        if (audiences == null ? !audience.equals(claims.get("aud")) : !audiences.contains(audience)) {
            throw failed("unexpected \"aud\" claim value");
        }
        long now = clock.instant().getEpochSecond();
        Long issuedAt = claims.getInteger("iat");
        if (issuedAt == null) {
            throw failed("\"iat\" claim must be a number");
        }
        Long expires = claims.getInteger("exp");
        if (expires != null && expires <= now) {
            throw failed("\"exp\" claim timestamp check failed");
        }
        String rejection = settings.assertionWindow.rejection(issuedAt, now);
        if (rejection != null) {
            throw failed(rejection);
        }
    }

    private static OAuthError failed(String reason) {
        return OAuthError.invalidClient("Validation of \"client_assertion\" failed: " + reason);
    }
}
