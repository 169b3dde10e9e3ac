package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class P256KeyTest {
    /** The key in RFC 7515, appendix A.3. */
    static final LexMap RFC7515 = (LexMap) LexValue.parseJson("""
            {
              "kty": "EC",
              "crv": "P-256",
              "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
              "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
              "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
            }""");

    private static final byte[] DATA = "data".getBytes(UTF_8);

    private static LexMap without(LexMap jwk, String name) {
        return jwk.toBuilder().remove(name).build();
    }

    private static LexMap with(LexMap jwk, String name, String value) {
        return jwk.toBuilder().put(name, value).build();
    }

    @Nested
    class Private {
        @Test
        void fromJwk_readsRfc7515Key() {
            P256PrivateKey key = P256PrivateKey.fromJwk(RFC7515);

            assertThat(key.toJwk()).isEqualTo(RFC7515);
            assertThat(key.publicKey().toJwk()).isEqualTo(without(RFC7515, "d"));
        }

        @Test
        void toJwk_readAgain_isSameKey() {
            P256PrivateKey key = P256PrivateKey.generate();

            P256PrivateKey again = P256PrivateKey.fromJwk(key.toJwk());

            assertThat(again).isEqualTo(key).hasSameHashCodeAs(key);
            assertThat(key.publicKey().verify(DATA, again.sign(DATA))).isTrue();
            assertThat(P256PrivateKey.generate()).isNotEqualTo(key);
        }

        @Test
        void fromJwk_otherMembers_areIgnored() {
            assertThat(P256PrivateKey.fromJwk(with(RFC7515, "kid", "1")).toJwk())
                    .isEqualTo(RFC7515);
        }

        @Test
        void fromJwk_partsOfDifferentKeys_throws() {
            String other = P256PrivateKey.generate().toJwk().getString("d");

            assertThatThrownBy(() -> P256PrivateKey.fromJwk(with(RFC7515, "d", other)))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageContaining("doesn't belong")
                    .hasMessageNotContaining(other);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    // The order of the curve, and the largest number.
                    "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE",
                    "__________________________________________8",
                    "AQ",
                    "not base64!",
                })
        void fromJwk_invalidPrivatePart_throws(String d) {
            assertThatThrownBy(() -> P256PrivateKey.fromJwk(with(RFC7515, "d", d)))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageStartingWith("JWK: d ")
                    .hasMessageNotContaining(d);
        }

        @Test
        void fromJwk_publicKey_throws() {
            assertThatThrownBy(() -> P256PrivateKey.fromJwk(without(RFC7515, "d")))
                    .isInstanceOf(CryptoException.class)
                    .hasMessage("JWK: d is missing or not a string");
        }

        @Test
        void signLowS_verifiesAndHasLowS() {
            BigInteger order = P256.PARAMETERS.getOrder();
            for (int i = 0; i < 64; i++) { // half of all signatures have a high s
                P256PrivateKey key = P256PrivateKey.generate();
                byte[] signature = key.signLowS(DATA);

                assertThat(signature).hasSize(64);
                assertThat(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).shiftLeft(1))
                        .isLessThan(order);
                assertThat(key.publicKey().verify(DATA, signature)).isTrue();
            }
        }

        @Test
        void toString_hasNoSecret() {
            P256PrivateKey key = P256PrivateKey.generate();
            String secret = key.toJwk().getString("d");

            assertThat(key.toString())
                    .isEqualTo("P256PrivateKey[" + key.publicKey().thumbprint() + "]")
                    .doesNotContain(secret);
            assertThat(key.toJwk().toString()).contains("kty=EC").doesNotContain(secret);
            assertThat(LexMap.of("dpopJwk", key.toJwk()).toString()).doesNotContain(secret);
        }
    }

    @Nested
    class Public {
        private final LexMap jwk = without(RFC7515, "d");

        /** The key and thumbprint from the examples in RFC 9449. */
        @Test
        void thumbprint_matchesRfc9449() {
            P256PublicKey key = P256PublicKey.fromJwk(LexMap.builder()
                    .put("kty", "EC")
                    .put("x", "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs")
                    .put("y", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA")
                    .put("crv", "P-256")
                    .build());

            assertThat(key.thumbprint()).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        }

        @Test
        void toJwk_hasMembersInThumbprintOrder() {
            assertThat(P256PublicKey.fromJwk(jwk).toJwk().keySet()).containsExactly("crv", "kty", "x", "y");
        }

        @Test
        void fromJwk_privateKey_throws() {
            assertThatThrownBy(() -> P256PublicKey.fromJwk(RFC7515))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageContaining("private member d")
                    .hasMessageNotContaining(RFC7515.getString("d"));
        }

        @ParameterizedTest
        @CsvSource({
            "kty, RSA, unsupported kty (got \"RSA\")",
            "kty, OKP, unsupported kty",
            "crv, secp256k1, unsupported crv (got \"secp256k1\")",
            "crv, P-384, unsupported crv",
            "crv, jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI, unsupported crv: only P-256",
        })
        void fromJwk_otherKinds_throws(String name, String value, String message) {
            assertThatThrownBy(() -> P256PublicKey.fromJwk(with(jwk, name, value)))
                    .isInstanceOf(UnsupportedKeyException.class)
                    .hasMessageContaining(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"kty", "crv", "x", "y"})
        void fromJwk_missingMember_throws(String name) {
            assertThatThrownBy(() -> P256PublicKey.fromJwk(without(jwk, name)))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageContaining(name);
        }

        /** A point off the curve lets an attacker choose the group. */
        @Test
        void fromJwk_pointOffCurve_throws() {
            String y = P256.text(P256.number(jwk, "y").add(BigInteger.ONE));

            assertThatThrownBy(() -> P256PublicKey.fromJwk(with(jwk, "y", y)))
                    .isInstanceOf(CryptoException.class)
                    .hasMessage("JWK: the point (x, y) isn't on the curve P-256");
        }

        /** A coordinate must be less than the prime, which would be another form of 0. */
        @ParameterizedTest
        @CsvSource({
            "x, __________________________________________8",
            "x, _____wAAAAEAAAAAAAAAAAAAAAD_______________8",
            "y, __________________________________________8"
        })
        void fromJwk_coordinateOutOfRange_throws(String name, String value) {
            assertThatThrownBy(() -> P256PublicKey.fromJwk(with(jwk, name, value)))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageContaining("isn't on the curve");
        }

        @Test
        void fromJwk_coordinateOf33Or31Bytes_throws() {
            byte[] x = Base64Url.decode(jwk.getString("x"));
            byte[] signed = new byte[33];
            System.arraycopy(x, 0, signed, 1, 32);

            assertThatThrownBy(() -> P256PublicKey.fromJwk(with(jwk, "x", Base64Url.encode(signed))))
                    .isInstanceOf(CryptoException.class)
                    .hasMessage("JWK: x must have 32 bytes (got 33)");
            assertThatThrownBy(() -> P256PublicKey.fromJwk(with(jwk, "x", Base64Url.encode(Arrays.copyOf(x, 31)))))
                    .isInstanceOf(CryptoException.class)
                    .hasMessage("JWK: x must have 32 bytes (got 31)");
        }

        @Test
        void verify_changedDataOrSignature_isFalse() {
            P256PrivateKey key = P256PrivateKey.generate();
            byte[] signature = key.sign(DATA);
            byte[] changed = signature.clone();
            changed[40] ^= 1;

            assertThat(signature).hasSize(64);
            assertThat(key.publicKey().verify(DATA, signature)).isTrue();
            assertThat(key.publicKey().verify("date".getBytes(UTF_8), signature))
                    .isFalse();
            assertThat(key.publicKey().verify(DATA, changed)).isFalse();
            assertThat(P256PrivateKey.generate().publicKey().verify(DATA, signature))
                    .isFalse();
        }

        /** CVE-2022-21449: some Java runtimes accepted r = s = 0 for any data. */
        @Test
        void verify_zeroOrMalformedSignature_isFalse() {
            P256PublicKey key = P256PublicKey.fromJwk(jwk);
            byte[] ones = new byte[64];
            Arrays.fill(ones, (byte) -1);

            assertThat(key.verify(DATA, new byte[64])).isFalse();
            assertThat(key.verify(DATA, ones)).isFalse();
            assertThat(key.verify(DATA, new byte[0])).isFalse();
            assertThat(key.verify(DATA, new byte[63])).isFalse();
            assertThat(key.verify(DATA, new byte[96])).isFalse();
        }

        @Test
        void equals_comparesPoints() {
            P256PublicKey key = P256PublicKey.fromJwk(jwk);

            assertThat(P256PublicKey.fromJwk(with(jwk, "kid", "1")))
                    .isEqualTo(key)
                    .hasSameHashCodeAs(key);
            assertThat(P256PrivateKey.generate().publicKey()).isNotEqualTo(key);
            assertThat(key).hasToString("P256PublicKey[" + key.thumbprint() + "]");
        }
    }
}
