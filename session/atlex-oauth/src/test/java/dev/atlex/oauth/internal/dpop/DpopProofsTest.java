package dev.atlex.oauth.internal.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProofUse;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPTokenRequestVerifier;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.util.singleuse.SingleUseChecker;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpopProofsTest {
    private static final URI URL = URI.create("https://pds.example/xrpc/com.atproto.server.getSession?a=b");
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.999Z");

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final DpopProofs proofs = new DpopProofs(key);

    @Test
    void proof_hasTheClaimsOfDpopAndNoOthers() {
        Jws proof = Jws.parse(proofs.proof("POST", URL, NOW, "n1", "token"));

        assertThat(proof.verify(key.publicKey())).isTrue();
        assertThat(proof.header())
                .isEqualTo(LexMap.builder()
                        .put("alg", "ES256")
                        .put("typ", "dpop+jwt")
                        .put("jwk", key.publicKey().toJwk())
                        .build());
        assertThat(proof.payload().keySet()).containsExactlyInAnyOrder("jti", "htm", "htu", "iat", "nonce", "ath");
        assertThat(proof.payload().getString("htm")).isEqualTo("POST");
        assertThat(proof.payload().getInteger("iat")).isEqualTo(NOW.getEpochSecond());
        assertThat(proof.payload().getString("nonce")).isEqualTo("n1");
        assertThat(proof.payload().getString("ath")).isEqualTo(Base64Url.sha256("token"));
    }

    @Test
    void proof_withoutNonceAndToken_hasNeitherClaim() {
        Jws proof = Jws.parse(proofs.proof("GET", URL, NOW, null, null));

        assertThat(proof.payload().keySet()).containsExactlyInAnyOrder("jti", "htm", "htu", "iat");
    }

    @ParameterizedTest
    @CsvSource({
        "https://pds.example/xrpc/a?b=c#d, https://pds.example/xrpc/a",
        "HTTPS://PDS.Example:443/xrpc/A, https://pds.example/xrpc/A",
        "http://localhost:80/x, http://localhost/x",
        "https://pds.example:8443/x, https://pds.example:8443/x",
        "http://[::1]:3000/x, http://[::1]:3000/x",
        "https://pds.example, https://pds.example/",
        "https://pds.example/a%2Fb%20c/, https://pds.example/a%2Fb%20c/",
    })
    void proof_target_isTheUrlWithoutQuery(URI url, String target) {
        Jws proof = Jws.parse(proofs.proof("GET", url, NOW, null, null));

        assertThat(proof.payload().getString("htu")).isEqualTo(target);
    }

    @Test
    void proof_identifier_has128RandomBits() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String id = Jws.parse(proofs.proof("GET", URL, NOW, null, null))
                    .payload()
                    .getString("jti");
            assertThat(Base64Url.decode(id)).hasSize(16);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void proof_isValidForOtherVerifiers() throws Exception {
        DPoPIssuer issuer = new DPoPIssuer(new ClientID("client"));
        Set<String> used = new HashSet<>();
        SingleUseChecker<DPoPProofUse> once =
                use -> assertThat(used.add(use.getJWTID().getValue())).isTrue();
        Set<JWSAlgorithm> algorithms = Set.of(JWSAlgorithm.ES256);
        URI token = URI.create("https://pds.example/oauth/token");
        SignedJWT first = SignedJWT.parse(proofs.proof("POST", token, Instant.now(), "n1", null));

        JWKThumbprintConfirmation bound =
                new DPoPTokenRequestVerifier(algorithms, token, 60, 60, once).verify(issuer, first, new Nonce("n1"));
        assertThat(bound.getValue().toString()).isEqualTo(proofs.thumbprint());

        SignedJWT second = SignedJWT.parse(proofs.proof("GET", URL, Instant.now(), "n2", "token"));
        new DPoPProtectedResourceRequestVerifier(algorithms, 60, 60, once)
                .verify("GET", URL, issuer, second, new DPoPAccessToken("token"), bound, new Nonce("n2"));
    }

    @Test
    void toString_hasNoSecret() {
        assertThat(proofs).hasToString("DpopProofs[" + key.publicKey().thumbprint() + "]");
    }
}
