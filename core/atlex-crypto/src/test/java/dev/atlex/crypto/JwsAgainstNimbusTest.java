package dev.atlex.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares keys and signatures with those of nimbus-jose-jwt. {@code -Datlex.crypto.keys=10000} checks more keys. */
class JwsAgainstNimbusTest {
    private static final int KEYS = Integer.getInteger("atlex.crypto.keys", 1_000);

    @Test
    void keysAndSignaturesByAtlex_areValidInNimbus() {
        IntStream.range(0, KEYS).parallel().forEach(i -> check(P256PrivateKey.generate()));
    }

    /** Few keys have a coordinate that {@link BigInteger#toByteArray} writes as 31 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "y"})
    void coordinateWithLeadingZeros_isValidInNimbus(String coordinate) {
        P256PrivateKey key;
        do {
            key = P256PrivateKey.generate();
        } while (new BigInteger(1, Base64Url.decode(key.toJwk().getString(coordinate))).bitLength() >= 31 * 8);

        check(key);
    }

    private static void check(P256PrivateKey key) {
        P256PublicKey publicKey = key.publicKey();
        LexMap header = LexMap.builder()
                .put("typ", "dpop+jwt")
                .put("jwk", publicKey.toJwk())
                .build();
        String compact = Jws.sign(header, LexMap.of("jti", LexValue.of("1")), key);
        try {
            JWSObject theirs = JWSObject.parse(compact);
            ECKey jwk = theirs.getHeader().getJWK().toECKey();
            assertThat(theirs.verify(new ECDSAVerifier(jwk))).isTrue();
            assertThat(theirs.getPayload().toJSONObject()).containsEntry("jti", "1");
            // Nimbus reads coordinates with any length, but writes those of its own keys with 32 bytes.
            ECKey written = new ECKey.Builder(Curve.P_256, jwk.toECPublicKey()).build();
            assertThat(jwk).isEqualTo(written);
            assertThat(written.computeThumbprint()).hasToString(publicKey.thumbprint());
            assertThat(ECKey.parse(key.toJwk().toJson()).toPublicJWK()).isEqualTo(jwk);
        } catch (Exception e) {
            throw new AssertionError(publicKey.toJwk().toJson(), e);
        }
    }

    @Test
    void keysAndSignaturesByNimbus_areValidInAtlex() throws Exception {
        for (int i = 0; i < 200; i++) {
            ECKey theirs = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
            JWSObject jws = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("dpop+jwt"))
                            .jwk(theirs.toPublicJWK())
                            .build(),
                    new Payload("{\"jti\":\"" + i + "\"}"));
            jws.sign(new ECDSASigner(theirs));

            P256PrivateKey ours = P256PrivateKey.fromJwk((LexMap) LexValue.parseJson(theirs.toJSONString()));
            Jws parsed = Jws.parse(jws.serialize());

            P256PublicKey publicKey = P256PublicKey.fromJwk(parsed.header().getMap("jwk"));
            assertThat(publicKey).isEqualTo(ours.publicKey());
            assertThat(parsed.verify(publicKey)).isTrue();
            assertThat(publicKey.thumbprint())
                    .isEqualTo(theirs.computeThumbprint().toString());
        }
    }
}
