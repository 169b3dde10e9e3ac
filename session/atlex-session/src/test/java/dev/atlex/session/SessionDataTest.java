package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.data.LexDataException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDataTest {
    /** As the TypeScript package saves it, with fields that are not known here. */
    private static final String SAVED = "{\"accessJwt\":\"access-secret\",\"refreshJwt\":\"refresh-secret\","
            + "\"did\":\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\",\"didDoc\":{\"@context\":[\"https://www.w3.org/ns/did/v1\"],"
            + "\"id\":\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\",\"service\":[{\"id\":\"#atproto_pds\","
            + "\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"https://pds.test\"}]},"
            + "\"handle\":\"alice.test\",\"email\":\"alice@mail.test\",\"emailConfirmed\":true,"
            + "\"emailAuthFactor\":false,\"active\":true,\"future\":{\"x\":[1,2.5,null,\"\\u00e9\"]},"
            + "\"service\":\"https://bsky.social\"}";

    @Test
    void json_keepsFieldsAndOrder() {
        assertThat(SessionData.parse(SAVED).toJson()).isEqualTo(SAVED.replace("\\u00e9", "é"));
    }

    @Test
    void accessors_returnTheFields() {
        SessionData data = SessionData.parse(SAVED);

        assertThat(data.did()).hasToString("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
        assertThat(data.handle()).hasToString("alice.test");
        assertThat(data.service()).hasToString("https://bsky.social");
        assertThat(data.pds()).hasToString("https://pds.test");
        assertThat(data.email()).isEqualTo("alice@mail.test");
        assertThat(data.emailConfirmed()).isTrue();
        assertThat(data.active()).isTrue();
        assertThat(data.status()).isNull();
        assertThat(data.didDoc()).containsKey("@context");
        assertThat(data.fields()).containsKeys("future", "accessJwt");
    }

    @Test
    void minimalDataOfTheTypeScriptPackage_isRead() {
        SessionData data = SessionData.parse("{\"accessJwt\":\"a\",\"refreshJwt\":\"r\",\"did\":\"did:web:a.test\","
                + "\"handle\":\"handle.invalid\",\"service\":\"http://localhost:2583/\"}");

        assertThat(data.service()).hasToString("http://localhost:2583");
        assertThat(data.pds()).isNull();
        assertThat(data.email()).isNull();
        assertThat(data.emailConfirmed()).isNull();
        assertThat(data.active()).isTrue();
        assertThat(data.toJson()).contains("\"service\":\"http://localhost:2583/\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessJwt", "refreshJwt", "did", "service"})
    void missingField_isNamedAlone(String name) {
        for (String json : new String[] {
            SAVED.replace("\"" + name + "\":", "\"_" + name + "\":"),
            SAVED.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":\"\""),
            SAVED.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":5")
        }) {
            Throwable failure = catchThrowable(() -> SessionData.parse(json));

            assertThat(failure).isInstanceOf(LexDataException.class).hasMessageContaining(name);
            assertThat(CapturedLogs.text(failure)).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "7", "{", "{\"accessJwt\":\"secret", "secret", "{\"a\":\"secret\" secret}"})
    void invalidData_messageOmitsIt(String json) {
        Throwable failure = catchThrowable(() -> SessionData.parse(json));

        assertThat(failure).isInstanceOf(LexDataException.class);
        assertThat(CapturedLogs.text(failure)).doesNotContain("secret");
    }

    @Test
    void toString_showsOnlyTheAccountAndService() {
        SessionData data = SessionData.parse(SAVED);

        for (Object printed : new Object[] {
            data, data.fields(), Map.of("session", data), data.fields().entrySet()
        }) {
            assertThat(String.valueOf(printed)).doesNotContain("secret");
        }
        assertThat(data.toString())
                .contains("did:plc:ewvi7nxzyoun6zhxrhs64oiz", "alice.test", "https://bsky.social")
                .doesNotContain("alice@mail.test", "pds.test", "future");
    }

    @Test
    void equals_comparesAllFields() {
        assertThat(SessionData.parse(SAVED))
                .isEqualTo(SessionData.parse(SAVED))
                .hasSameHashCodeAs(SessionData.parse(SAVED));
        assertThat(SessionData.parse(SAVED)).isNotEqualTo(SessionData.parse(SAVED.replace("refresh-", "r")));
    }
}
