package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwsTest {
    /** The JWS in RFC 7515, appendix A.3. */
    private static final String RFC7515 = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static final P256PrivateKey KEY = P256PrivateKey.fromJwk(P256KeyTest.RFC7515);
    private static final LexMap PAYLOAD = LexMap.builder()
            .put("jti", "1")
            .put("iat", 1_700_000_000)
            .put("text", "Grüße")
            .build();

    private static String part(String json) {
        return Base64Url.encode(json.getBytes(UTF_8));
    }

    @Test
    void parse_rfc7515_isVerified() {
        Jws jws = Jws.parse(RFC7515);

        assertThat(jws.header()).isEqualTo(LexMap.of("alg", LexValue.of("ES256")));
        assertThat(jws.payload().getString("iss")).isEqualTo("joe");
        assertThat(jws.payload().getInteger("exp")).isEqualTo(1300819380);
        assertThat(jws.verify(KEY.publicKey())).isTrue();
        assertThat(jws.verify(P256PrivateKey.generate().publicKey())).isFalse();
    }

    @Test
    void sign_parsedAgain_isVerified() {
        Jws jws = Jws.parse(Jws.sign(LexMap.of("typ", LexValue.of("dpop+jwt")), PAYLOAD, KEY));

        assertThat(jws.header())
                .isEqualTo(LexMap.builder()
                        .put("alg", "ES256")
                        .put("typ", "dpop+jwt")
                        .build());
        assertThat(jws.payload()).isEqualTo(PAYLOAD);
        assertThat(jws.verify(KEY.publicKey())).isTrue();
    }

    @Test
    void signer_signsManyPayloadsWithOneHeader() {
        JwsSigner signer = Jws.signer(LexMap.of("kid", LexValue.of("k")), KEY);

        for (int i = 0; i < 3; i++) {
            Jws jws = Jws.parse(signer.sign(LexMap.of("jti", LexValue.of(i))));
            assertThat(jws.header().getString("kid")).isEqualTo("k");
            assertThat(jws.payload().getInteger("jti")).isEqualTo(i);
            assertThat(jws.verify(signer.publicKey())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES256K", "es256"})
    void sign_otherAlgorithm_throws(String alg) {
        assertThatThrownBy(() -> Jws.sign(LexMap.of("alg", LexValue.of(alg)), PAYLOAD, KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void verify_otherAlgorithm_isFalse() {
        for (String header : List.of("{}", "{\"alg\":\"none\"}", "{\"alg\":\"ES384\"}", "{\"alg\":[\"ES256\"]}")) {
            String signed = part(header) + "." + part("{}");
            String signature = Base64Url.encode(KEY.sign(signed.getBytes(UTF_8)));

            assertThat(Jws.parse(signed + "." + signature).verify(KEY.publicKey()))
                    .as(header)
                    .isFalse();
        }
    }

    @Test
    void verify_criticalExtension_isFalse() {
        LexMap header = LexMap.builder()
                .put("crit", LexArray.copyOf(List.of(LexValue.of("exp"))))
                .build();

        assertThat(Jws.parse(Jws.sign(header, PAYLOAD, KEY)).verify(KEY.publicKey()))
                .isFalse();
    }

    @Test
    void verify_changedPayload_isFalse() {
        String[] parts = Jws.sign(LexMap.of(), PAYLOAD, KEY).split("\\.");

        assertThat(Jws.parse(parts[0] + "." + part("{\"jti\":\"2\"}") + "." + parts[2])
                        .verify(KEY.publicKey()))
                .isFalse();
        assertThat(Jws.parse(parts[0] + "." + parts[1] + ".").verify(KEY.publicKey()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "e30.e30",
                "e30.e30.AA.AA",
                "e30.e30.A!",
                "e30=.e30.AA",
                "eyJhbGci.e30.AA",
                "W10.e30.AA",
                "e30.ImEi.AA",
                "e30..AA"
            })
    void parse_malformed_throws(String text) {
        assertThatThrownBy(() -> Jws.parse(text))
                .isInstanceOf(CryptoException.class)
                .hasMessageStartingWith("JWS: ");
    }

    @Test
    void parse_nestedTooDeeply_throws() {
        String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);

        assertThatThrownBy(() -> Jws.parse("e30." + part(deep) + ".AA"))
                .isInstanceOf(CryptoException.class)
                .hasMessage("JWS: the payload isn't a JSON object");
    }

    @Test
    void parse_tooLong_throws() {
        assertThatThrownBy(() -> Jws.parse("e30." + "A".repeat(70_000) + ".AA"))
                .isInstanceOf(CryptoException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void messagesAndToString_dontQuoteContent() {
        String secret = "eyJzZWNyZXQiOiJodW50ZXIyIn";

        assertThatThrownBy(() -> Jws.parse("e30." + secret + ".AA")).hasMessageNotContaining(secret);
        assertThat(Jws.parse(Jws.sign(LexMap.of("kid", LexValue.of("hunter2")), PAYLOAD, KEY)))
                .hasToString("Jws[alg=ES256, typ=?]");
        assertThat(Jws.signer(LexMap.of(), KEY))
                .hasToString("JwsSigner[" + KEY.publicKey().thumbprint() + "]");
    }
}
