package dev.atlex.oauth.internal.server;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.JwsSigner;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.LexMap;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The method by which a client authenticates to authorization servers: none, or signed assertions. Immutable and
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
public final class ClientAuth {
    /**
     * The time by which assertions are dated back. Servers refuse assertions dated a second ahead, or more than a
     * minute ago.
     */
    private static final Duration ISSUED_BEFORE = Duration.ofSeconds(5);

    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final int ID_BYTES = 16;
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String clientId;
    private final @Nullable String kid;
    private final @Nullable JwsSigner signer;

    private ClientAuth(String clientId, @Nullable String kid, @Nullable JwsSigner signer) {
        this.clientId = clientId;
        this.kid = kid;
        this.signer = signer;
    }

    /** Returns the authentication for a public client, which only identifies itself ({@code none}). */
    public static ClientAuth none(String clientId) {
        return new ClientAuth(clientId, null, null);
    }

    /**
     * Returns the authentication for a confidential client ({@code private_key_jwt}).
     *
     * @param kid the key's identifier in the client's published metadata
     */
    public static ClientAuth privateKeyJwt(String clientId, String kid, P256PrivateKey key) {
        return new ClientAuth(
                clientId, kid, Jws.signer(LexMap.builder().put("kid", kid).build(), key));
    }

    /** Returns the client's identifier. */
    public String clientId() {
        return clientId;
    }

    /** Returns the key's identifier, or null if the client is public. */
    public @Nullable String kid() {
        return kid;
    }

    /** Returns {@code none} or {@code private_key_jwt}. */
    public String method() {
        return signer == null ? "none" : "private_key_jwt";
    }

    /** Returns whether the given key is the client's key, which must not sign anything else. */
    boolean isKey(P256PublicKey key) {
        return signer != null && signer.publicKey().equals(key);
    }

    /**
     * Adds the client's parameters to those of a request, with a new assertion.
     *
     * @param now the server's time
     */
    void addTo(Map<String, String> parameters, URI issuer, Instant now) {
        parameters.put("client_id", clientId);
        if (signer != null) {
            parameters.put("client_assertion_type", TYPE);
            parameters.put("client_assertion", assertion(signer, issuer, issuedAt(now)));
        }
    }

    /** Returns the date for an assertion that is created at the given time by the server's clock. */
    static Instant issuedAt(Instant now) {
        return now.minus(ISSUED_BEFORE);
    }

    private String assertion(JwsSigner key, URI issuer, Instant issuedAt) {
        return key.sign(LexMap.builder()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", issuer.toString())
                .put("jti", Base64Url.random(ID_BYTES))
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", issuedAt.plus(LIFETIME).getEpochSecond())
                .build());
    }

    /** Returns the client's identifier and the key's, without the key. */
    @Override
    public String toString() {
        return "ClientAuth[" + clientId + ", " + method() + (kid == null ? "" : ", kid=" + kid) + "]";
    }
}
