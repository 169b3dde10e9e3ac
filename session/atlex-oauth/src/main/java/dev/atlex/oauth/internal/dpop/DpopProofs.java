package dev.atlex.oauth.internal.dpop;

import dev.atlex.client.internal.Origins;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.JwsSigner;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Creates DPoP proofs with one key. Thread-safe.
 *
 * <p>A proof is valid for one request, because it has a unique identifier. It doesn't contain the issuer: {@code iss}
 * isn't a claim of DPoP, and would reveal the authorization server to other servers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4">RFC 9449, section 4</a>
 */
public final class DpopProofs {
    private static final int ID_BYTES = 16;

    private final JwsSigner signer;

    /** The hash of the last access token, cached because a session uses the same token for many calls. */
    private volatile @Nullable TokenHash lastHash;

    private static final class TokenHash {
        private final String token;
        private final String hash;

        TokenHash(String token) {
            this.token = token;
            this.hash = Base64Url.sha256(token);
        }
    }

    /** Creates the proofs of a key. */
    public DpopProofs(P256PrivateKey key) {
        this.signer = Jws.signer(
                LexMap.builder()
                        .put("typ", "dpop+jwt")
                        .put("jwk", key.publicKey().toJwk())
                        .build(),
                key);
    }

    /**
     * Returns a new proof, the value of the header {@code DPoP}.
     *
     * @param method the request's method
     * @param url the request's URL; its query and fragment aren't part of the proof
     * @param now the server's time, from {@link ServerClock#now}
     * @param nonce the server's nonce, or null if none is known
     * @param accessToken the request's access token, or null if it has no token
     */
    public String proof(String method, URI url, Instant now, @Nullable String nonce, @Nullable String accessToken) {
        LexMap.Builder claims = LexMap.builder()
                .put("jti", Base64Url.random(ID_BYTES))
                .put("htm", method)
                .put("htu", target(url))
                .put("iat", now.getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        if (accessToken != null) {
            claims.put("ath", hash(accessToken));
        }
        return signer.sign(claims.build());
    }

    /**
     * Returns whether a server rejects a proof because of its URL. Servers have no error code for that.
     *
     * @param error the error code, or null
     * @param description the explanation, or null
     */
    public static boolean isTargetMismatch(@Nullable String error, @Nullable String description) {
        return "invalid_dpop_proof".equals(error) && description != null && description.contains("htu");
    }

    private String hash(String accessToken) {
        TokenHash last = lastHash;
        if (last == null || !last.token.equals(accessToken)) {
            last = new TokenHash(accessToken);
            lastHash = last;
        }
        return last.hash;
    }

    /** Returns the thumbprint of the key. */
    public String thumbprint() {
        return signer.publicKey().thumbprint();
    }

    private static String target(URI url) {
        String path = url.getRawPath();
        return Origins.canonical(url) + (path == null || path.isEmpty() ? "/" : path);
    }

    /** Returns the key's thumbprint. */
    @Override
    public String toString() {
        return "DpopProofs[" + thumbprint() + "]";
    }
}
