package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies DPoP proofs with the reference server's checks, in the same order: signature, age, method, URL, nonce, hash
 * of the token, replay. Guarded by the server's lock.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9449#section-4.3">RFC 9449, section 4.3</a>
 */
final class ProofVerifier {
    private static final String FAILED = "Failed to verify DPoP proof: ";

    private final Clock clock;
    private final OAuthSettings settings;
    private final Replays replays = new Replays();

    ProofVerifier(Clock clock, OAuthSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    void clear() {
        replays.clear();
    }

    /**
     * Returns the thumbprint of the proof's key, or null if the request has no proof.
     *
     * @param origin the server's origin, regardless of the host that the request names
     * @param accessToken the token that the proof must be for, or null
     */
    @Nullable
    String check(Request request, String origin, Nonces nonces, @Nullable String accessToken) {
        String header = request.header("dpop");
        if (header == null) {
            return null;
        }
        if (header.isEmpty()) {
            throw OAuthError.invalidProof("DPoP header cannot be empty");
        }
        if (header.indexOf(',') >= 0) {
            throw OAuthError.invalidProof("DPoP header must contain a single proof");
        }
        try {
            Jws proof = Jws.parse(header);
            P256PublicKey key = key(proof);
            LexMap claims = proof.payload();
            checkAge(claims);
            String jti = checkTarget(claims, request, origin);
            checkNonce(claims, nonces);
            checkHash(claims, accessToken);
            if (!replays.add(jti)) {
                throw OAuthError.invalidProof("DPoP proof replayed");
            }
            return key.thumbprint();
        } catch (CryptoException e) {
            throw OAuthError.invalidProof(FAILED + e.getMessage());
        }
    }

    private static P256PublicKey key(Jws proof) {
        if (!"dpop+jwt".equals(proof.header().getString("typ"))) {
            throw OAuthError.invalidProof(FAILED + "unexpected \"typ\" JWT header value");
        }
        LexMap jwk = proof.header().getMap("jwk");
        if (jwk == null) {
            throw OAuthError.invalidProof(FAILED + "\"jwk\" (JSON Web Key) Header Parameter must be a JSON object");
        }
        P256PublicKey key = P256PublicKey.fromJwk(jwk);
        if (!proof.verify(key)) {
            throw OAuthError.invalidProof(FAILED + "signature verification failed");
        }
        return key;
    }

    private void checkAge(LexMap claims) {
        Long issuedAt = claims.getInteger("iat");
        if (issuedAt == null) {
            throw OAuthError.invalidProof(FAILED + "missing required \"iat\" claim");
        }
        String rejection =
                settings.proofWindow.rejection(issuedAt, clock.instant().getEpochSecond());
        if (rejection != null) {
            throw OAuthError.invalidProof(FAILED + rejection);
        }
    }

    /** Checks the method and URL, and returns the proof's identifier. */
    private static String checkTarget(LexMap claims, Request request, String origin) {
        String jti = claims.getString("jti");
        if (jti == null || jti.isEmpty()) {
            throw OAuthError.invalidProof("DPoP \"jti\" missing");
        }
        if (!request.method().equals(claims.getString("htm"))) {
            throw OAuthError.invalidProof("DPoP \"htm\" mismatch");
        }
        String htu = claims.getString("htu");
        if (htu == null) {
            throw OAuthError.invalidProof("Invalid DPoP \"htu\" type");
        }
        String expected = normalized(origin + request.path());
        if (expected == null || !expected.equals(normalized(htu))) {
            throw OAuthError.invalidProof("DPoP \"htu\" mismatch");
        }
        return jti;
    }

    private static void checkNonce(LexMap claims, Nonces nonces) {
        String nonce = claims.getString("nonce");
        if (nonce == null || nonce.isEmpty()) {
            throw OAuthError.useNonce("Authorization server requires nonce in DPoP proof");
        }
        if (!nonces.accepts(nonce)) {
            throw OAuthError.useNonce("DPoP \"nonce\" mismatch");
        }
    }

    private static void checkHash(LexMap claims, @Nullable String accessToken) {
        if (accessToken == null) {
            if (claims.containsKey("ath")) {
                throw OAuthError.invalidProof("DPoP \"ath\" claim not allowed");
            }
            return;
        }
        if (!Base64Url.sha256(accessToken).equals(claims.getString("ath"))) {
            throw OAuthError.invalidProof("DPoP \"ath\" mismatch");
        }
    }

    /** Returns the URL without query, fragment and default port, as the WHATWG does, or null if it is malformed. */
    private static @Nullable String normalized(String url) {
        try {
            URI uri = new URI(url).normalize();
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null || host == null || uri.getRawUserInfo() != null) {
                return null;
            }
            scheme = scheme.toLowerCase(Locale.ROOT);
            int defaultPort = scheme.equals("https") ? 443 : 80;
            String path = uri.getRawPath();
            return scheme + "://" + host.toLowerCase(Locale.ROOT)
                    + (uri.getPort() < 0 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort())
                    + (path == null || path.isEmpty() ? "/" : path);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
