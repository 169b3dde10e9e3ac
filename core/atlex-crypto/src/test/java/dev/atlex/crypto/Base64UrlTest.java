package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    /** The vector in RFC 7515, appendix C. */
    @Test
    void encode_matchesRfc7515() {
        byte[] bytes = {3, (byte) 236, (byte) 255, (byte) 224, (byte) 193};

        assertThat(Base64Url.encode(bytes)).isEqualTo("A-z_4ME");
        assertThat(Base64Url.decode("A-z_4ME")).isEqualTo(bytes);
    }

    /** The vectors in RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"'',''", "f,Zg", "fo,Zm8", "foo,Zm9v", "foob,Zm9vYg", "fooba,Zm9vYmE", "foobar,Zm9vYmFy"})
    void encodeAndDecode_matchRfc4648(String text, String encoded) {
        assertThat(Base64Url.encode(text.getBytes(US_ASCII))).isEqualTo(encoded);
        assertThat(Base64Url.decode(encoded)).asString(US_ASCII).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zg==", "Zh", "Zm9", "Z", "Zm9v\n", "Zm 9v", "Zm+v", "Zm/v", "Zm9v.", "Zmé"})
    void decode_otherForms_throws(String text) {
        assertThatThrownBy(() -> Base64Url.decode(text))
                .isInstanceOf(CryptoException.class)
                .hasMessageStartingWith("base64url: ")
                .hasMessageNotContaining(text);
    }

    /** The vector in RFC 7636, appendix B. */
    @Test
    void sha256_matchesPkceVector() {
        assertThat(Base64Url.sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    /** The access token and its hash in RFC 9449, section 7.1. */
    @Test
    void sha256_matchesDpopVector() {
        assertThat(Base64Url.sha256("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"))
                .isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    }

    @Test
    void random_hasLengthAndNeverRepeats() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String random = Base64Url.random(16);
            assertThat(Base64Url.decode(random)).hasSize(16);
            assertThat(seen.add(random)).isTrue();
        }
        assertThatThrownBy(() -> Base64Url.random(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
