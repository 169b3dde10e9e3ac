package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.syntax.InteropVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tests all of the protocol's interoperability vectors for the data model. */
class InteropDataModelTest {

    /** Returns the entries in a file. Each value is the original text, untouched by the parser under test. */
    private static List<Map<String, String>> entries(String file) throws IOException {
        Path folder = InteropVectors.folder();
        byte[] bytes = Files.readAllBytes(folder.resolve("data-model").resolve(file));
        List<Map<String, String>> entries = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> entry = new HashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    if (parser.nextToken() == JsonToken.VALUE_STRING && !name.equals("json")) {
                        entry.put(name, parser.getString());
                        continue;
                    }
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    entry.put(name, new String(Arrays.copyOfRange(bytes, start, end), UTF_8));
                }
                entries.add(entry);
            }
        }
        assertThat(entries).isNotEmpty();
        return entries;
    }

    static Stream<Arguments> fixtures() throws IOException {
        return entries("data-model-fixtures.json").stream()
                .map(e -> Arguments.of(e.get("cid"), e.get("json"), e.get("cbor_base64")));
    }

    static Stream<Arguments> valid() throws IOException {
        return entries("data-model-valid.json").stream().map(e -> Arguments.of(e.get("note"), e.get("json")));
    }

    static Stream<Arguments> invalid() throws IOException {
        return entries("data-model-invalid.json").stream().map(e -> Arguments.of(e.get("note"), e.get("json")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void jsonCborAndCidAgree(String cid, String json, String cborBase64) {
        byte[] cbor = Base64.getDecoder().decode(cborBase64);
        LexValue value = LexValue.parseJson(json);

        assertThat(value.toCbor()).isEqualTo(cbor);
        assertThat(LexValue.parseCbor(cbor)).isEqualTo(value);
        assertThat(value.cid()).hasToString(cid);
        assertThat(LexValue.parseJson(LexValue.parseCbor(cbor).toJson())).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void validValuesRoundTrip(String note, String json) {
        LexValue value = LexValue.parseJson(json);

        assertThat(value.kind()).isEqualTo(Kind.MAP);
        assertThat(LexValue.parseJson(value.toJson())).isEqualTo(value);
        assertThat(LexValue.parseCbor(value.toCbor())).isEqualTo(value);
    }

    /** The reader for records checks that a record is an object, so that exception has a different type. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void invalidValuesAreRejected(String note, String json) {
        assertThatThrownBy(() -> LexReader.readJson(json.getBytes(UTF_8), ReadOptions.STRICT, LexReader::readMap))
                .isInstanceOf(note.contains("top-level") ? LexValidationException.class : LexDataException.class);
    }
}
