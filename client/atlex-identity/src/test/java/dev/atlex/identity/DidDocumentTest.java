package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidDocumentTest {
    private static final String DID = "did:web:alice.com";

    private static DidDocument with(String members) {
        String json = "{'id': '" + DID + "', " + members + "}";
        return DidDocument.parse(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static DidDocument pds(String service) {
        return with("'service': [" + service + "]");
    }

    private static String service(String id, String type, String endpoint) {
        return "{'id': '" + id + "', 'type': '" + type + "', 'serviceEndpoint': '" + endpoint + "'}";
    }

    private static String key(String id, String type, String controller, String key) {
        return "{'id': '" + id + "', 'type': '" + type + "', 'controller': '" + controller
                + "', 'publicKeyMultibase': '" + key + "'}";
    }

    @Test
    void completeDocumentIsParsed() {
        DidDocument document = with("'@context': ['x'], 'alsoKnownAs': ['at://alice.com'], 'service': ["
                + service("#atproto_pds", "AtprotoPersonalDataServer", "https://pds.example.com")
                + "], 'verificationMethod': ["
                + key(DID + "#atproto", "Multikey", DID, "zKey") + "]");
        assertThat(document.id()).isEqualTo(Did.of(DID));
        assertThat(document.handle()).isEqualTo(Handle.of("alice.com"));
        assertThat(document.pds()).isEqualTo(URI.create("https://pds.example.com"));
        assertThat(document.signingKey()).isEqualTo("zKey");
        assertThat(document.services())
                .containsExactly(new DidDocument.Service(
                        "#atproto_pds", "AtprotoPersonalDataServer", "https://pds.example.com"));
        assertThat(document.verificationMethods())
                .containsExactly(new DidDocument.VerificationMethod(DID + "#atproto", "Multikey", DID, "zKey"));
        assertThat(document.json().getArray("@context")).hasSize(1);
        assertThat(document)
                .isEqualTo(DidDocument.of(document.json()))
                .hasSameHashCodeAs(DidDocument.of(document.json()));
        assertThat(document.toString()).contains(DID, "at://alice.com");
    }

    @Test
    void documentWithIdOnlyIsParsed() {
        DidDocument document = with("'x': 1.5");
        assertThat(document.handle()).isNull();
        assertThat(document.pds()).isNull();
        assertThat(document.signingKey()).isNull();
        assertThat(document.alsoKnownAs()).isEmpty();
        assertThat(document.services()).isEmpty();
        assertThat(document.verificationMethods()).isEmpty();
    }

    @Test
    void malformedEntriesAreSkipped() {
        DidDocument document = with("'alsoKnownAs': [7, null, 'https://alice.com', {'a': 1}], 'service': ['x', 3, {}, "
                + "{'id': '#s', 'type': ['A', 'B'], 'serviceEndpoint': 'https://x'}, "
                + "{'id': '#s', 'type': 'A', 'serviceEndpoint': {'uri': 'https://x'}}, "
                + service("#s", "A", "https://y") + "], 'verificationMethod': [true, {'id': '#k'}, "
                + "{'id': '#k', 'type': 'JsonWebKey', 'publicKeyJwk': {}}]");
        assertThat(document.alsoKnownAs()).containsExactly("https://alice.com");
        assertThat(document.services()).containsExactly(new DidDocument.Service("#s", "A", "https://y"));
        assertThat(document.verificationMethods())
                .containsExactly(new DidDocument.VerificationMethod("#k", "JsonWebKey", null, null));
    }

    @Test
    void invalidListsReadAsEmpty() {
        DidDocument document = with("'alsoKnownAs': 'at://alice.com', 'service': {}, 'verificationMethod': 3");
        assertThat(document.alsoKnownAs()).isEmpty();
        assertThat(document.services()).isEmpty();
        assertThat(document.verificationMethods()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "[]", "\"did:web:alice.com\"", "{", "{}", "{\"id\": 7}", "{\"id\": \"alice\"}"})
    void documentWithoutDidIsRejected(String json) {
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(() -> DidDocument.parse(json.getBytes(UTF_8)))
                .withMessageContaining("DID document")
                .matches(e -> !e.retryable());
    }

    @Test
    void tooDeeplyNestedDocumentIsRejected() {
        String json = "{\"id\":\"" + DID + "\",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(() -> DidDocument.parse(json.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "'at://alice.com', alice.com",
        "'at://ALICE.com', alice.com",
        "'https://x.com,at://alice.com', alice.com",
        "'at://not_valid,at://alice.com,at://bob.com', alice.com",
        "'at://alice.com/path,at://bob.com', bob.com",
        "'at://did:plc:x', ",
        "'at://', ",
        "'alice.com', ",
    })
    void handleIsTheFirstValidAlias(String aliases, String handle) {
        DidDocument document = with("'alsoKnownAs': ['" + aliases.replace(",", "','") + "']");
        assertThat(document.handle()).isEqualTo(handle == null ? null : Handle.of(handle));
    }

    @ParameterizedTest
    @CsvSource({
        "https://pds.com, https://pds.com",
        "https://pds.com/, https://pds.com",
        "HTTPS://PDS.com/path?q#f, https://pds.com",
        "https://pds.com:8443, https://pds.com:8443",
        "http://localhost:2583, http://localhost:2583",
        "http://[::1]:2583, http://[::1]:2583",
        "ftp://pds.com, ",
        "pds.com, ",
        "https://user:secret@pds.com, ",
        "https://, ",
        "https:///path, ",
        "https://pds.com:99999, ",
        "https://a b.com, ",
        "'', ",
    })
    void serverIsTheOriginOfTheEndpoint(String endpoint, URI origin) {
        assertThat(pds(service("#atproto_pds", "AtprotoPersonalDataServer", endpoint))
                        .pds())
                .isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "#atproto_pds, true",
        "did:web:alice.com#atproto_pds, true",
        "did:web:bob.com#atproto_pds, false",
        "did:web:alice.com.evil#atproto_pds, false",
        "atproto_pds, false",
        "x#atproto_pds, false",
        "#xatproto_pds, false",
        "#atproto, false",
    })
    void entryIdsMayIncludeTheDid(String id, boolean known) {
        DidDocument document = pds(service(id, "AtprotoPersonalDataServer", "https://pds.com"));
        assertThat(document.pds() != null).isEqualTo(known);
    }

    @Test
    void firstServiceOfTheTypeIsUsedEvenIfInvalid() {
        String wrongType = service("#atproto_pds", "Other", "https://a.com");
        String wrongUrl = service("#atproto_pds", "AtprotoPersonalDataServer", "nonsense");
        String right = service("#atproto_pds", "AtprotoPersonalDataServer", "https://c.com");
        assertThat(pds(wrongType + "," + right).pds()).isEqualTo(URI.create("https://c.com"));
        assertThat(pds(wrongUrl + "," + right).pds()).isNull();
    }

    @Test
    void signingKeyIsTheFirstControlledMultikey() {
        String others = key("#atproto", "EcdsaSecp256k1VerificationKey2019", DID, "zOld") + ","
                + key("#atproto", "Multikey", "did:web:bob.com", "zBobs") + ","
                + key("#atproto_label", "Multikey", DID, "zLabels") + ","
                + "{'id': '#atproto', 'type': 'Multikey', 'controller': '" + DID + "'},";
        DidDocument document = with("'verificationMethod': [" + others + key("#atproto", "Multikey", DID, "zFirst")
                + "," + key("#atproto", "Multikey", DID, "zSecond") + "]");
        assertThat(document.signingKey()).isEqualTo("zFirst");
    }
}
