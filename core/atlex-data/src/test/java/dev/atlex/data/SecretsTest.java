package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"accessJwt", "access_token", "refresh_token", "client_assertion", "code_verifier", "dpopJwk"})
    void toString_secretFields_areRedacted(String name) {
        LexMap map = LexMap.of(name, LexMap.of("any", LexValue.of("hunter2")));

        assertThat(map.toString()).isEqualTo("{" + name + "=***}");
        assertThat(map.toJson()).contains("hunter2");
    }

    @Test
    void toString_privatePartOfJwk_isRedacted() {
        LexMap jwk = LexMap.builder().put("kty", "EC").put("d", "hunter2").build();

        assertThat(jwk.toString()).isEqualTo("{kty=EC, d=***}");
    }

    @Test
    void toString_dOfAnotherMap_isShown() {
        assertThat(LexMap.of("d", LexValue.of(1)).toString()).isEqualTo("{d=1}");
    }
}
