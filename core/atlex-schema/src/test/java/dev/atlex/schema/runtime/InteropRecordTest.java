package dev.atlex.schema.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.InteropVectors;
import dev.atlex.schema.document.LexiconDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Validates the records among the protocol's interoperability vectors against the documents in their catalog. */
class InteropRecordTest {
    private static final String RECORD = "example.lexicon.record";

    /** The violated rule and its path for each invalid record, so that none fails for a different reason. */
    private static final Map<String, String> EXPECTED_PROBLEMS = Map.ofEntries(
            Map.entry("missing required field", "required $.integer"),
            Map.entry("invalid boolean field", "type $.boolean"),
            Map.entry("invalid integer field", "type $.integer"),
            Map.entry("invalid non-nullable string field", "type $.string"),
            Map.entry("invalid string field", "type $.string"),
            Map.entry("invalid bytes field", "type $.bytes"),
            Map.entry("invalid bytes: empty object", "type $.bytes"),
            Map.entry("invalid bytes: wrong type", "type $.bytes"),
            Map.entry("invalid cid-link field", "type $[\"cid-link\"]"),
            Map.entry("invalid blob field", "type $.blob"),
            Map.entry("invalid blob: wrong type", "type $.blob"),
            Map.entry("invalid array", "type $.array"),
            Map.entry("invalid array element", "type $.array[0]"),
            Map.entry("object wrong data type", "type $.object"),
            Map.entry("object nested wrong data type", "type $.object.a"),
            Map.entry("invalid token ref type", "type $.ref"),
            Map.entry("invalid ref value", "type $.ref"),
            Map.entry("invalid string format handle", "format $.formats.handle"),
            Map.entry("invalid string format did", "format $.formats.did"),
            Map.entry("invalid string format atidentifier", "format $.formats.atidentifier"),
            Map.entry("invalid string format nsid", "format $.formats.nsid"),
            Map.entry("invalid string format aturi", "format $.formats.aturi"),
            Map.entry("invalid string format cid", "format $.formats.cid"),
            Map.entry("invalid string format datetime", "format $.formats.datetime"),
            Map.entry("invalid string format language", "format $.formats.language"),
            Map.entry("invalid string format uri", "format $.formats.uri"),
            Map.entry("invalid string format tid", "format $.formats.tid"),
            Map.entry("invalid string format recordkey", "format $.formats.recordkey"),
            Map.entry("wrong const value", "const $.constInteger"),
            Map.entry("integer not in enum", "enum $.enumInteger"),
            Map.entry("out of integer range", "maximum $.rangeInteger"),
            Map.entry("string too short", "minLength $.lenString"),
            Map.entry("string too long", "maxLength $.lenString"),
            Map.entry("string too short (graphemes)", "minGraphemes $.graphemeString"),
            Map.entry("string too long (graphemes)", "maxGraphemes $.graphemeString"),
            Map.entry("out of enum string", "enum $.enumString"),
            Map.entry("bytes too short", "minLength $.sizeBytes"),
            Map.entry("bytes too long", "maxLength $.sizeBytes"),
            Map.entry("array too short", "minLength $.lenArray"),
            Map.entry("array too long", "maxLength $.lenArray"),
            Map.entry("blob too large", "maxSize $.sizeBlob"),
            Map.entry("blob wrong type", "accept $.acceptBlob"),
            Map.entry("open union wrong data type", "type $.union"),
            Map.entry("open union missing $type", "required $.union.$type"),
            Map.entry("out of closed union", "union $.closedUnion.$type"),
            Map.entry("union inner invalid (closedUnion)", "union $.closedUnion.$type"),
            Map.entry("union inner invalid (union)", "type $.union.a"),
            Map.entry("unknown wrong type (bool)", "type $.unknown"),
            Map.entry("unknown wrong type (bytes)", "type $.unknown"),
            Map.entry("unknown wrong type (blob)", "type $.unknown"));

    private static final Cid RAW_CID = Cid.of("bafkreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq");

    private static RuntimeSchemas schemas;

    @BeforeAll
    static void load() {
        schemas = RuntimeSchemas.of(LexiconDocuments.load(folder().resolve("catalog")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void validRecord_isValid(String name, LexMap record) {
        assertThat(schemas.validateJson(RECORD, json(record), ReadOptions.STRICT))
                .isEqualTo(new ValidationResult.Valid(record));
        assertThat(schemas.validateRecord(record)).isEqualTo(new ValidationResult.Valid(record));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void invalidRecord_isReportedWithRuleAndPath(String name, LexMap record) {
        assertThat(schemas.validateJson(RECORD, json(record), ReadOptions.STRICT))
                .isInstanceOfSatisfying(
                        ValidationResult.Invalid.class,
                        invalid -> assertThat(invalid.rule() + " " + invalid.path())
                                .isEqualTo(EXPECTED_PROBLEMS.get(name)));
        assertThat(schemas.validateRecord(record)).isInstanceOf(ValidationResult.Invalid.class);
    }

    @Test
    void allVectorsAreTested() throws IOException {
        assertThat(validRecord_isValid()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(invalidRecord_isReportedWithRuleAndPath())
                .extracting(vector -> (String) vector.get()[0])
                .containsExactlyInAnyOrderElementsOf(EXPECTED_PROBLEMS.keySet());
    }

    @Test
    void originalVector_blobLinksToRecord_isOnlyLenientlyValid() throws IOException {
        LexMap full = (LexMap) raw("record-data-valid.json")
                .filter(vector -> vector.get()[0].equals("full"))
                .findFirst()
                .orElseThrow()
                .get()[1];

        assertThat(schemas.validateRecord(full))
                .isEqualTo(new ValidationResult.Invalid("$.blob", "data", "invalid blob reference at $.blob"));
        assertThat(schemas.validateRecord(full, ReadOptions.LENIENT)).isEqualTo(new ValidationResult.Valid(full));
    }

    @Test
    void catalog_hasOneUnresolvedReference() {
        assertThat(schemas.check())
                .extracting(SchemaProblem::path)
                .containsExactly("$.defs.main.input.schema.properties.preferences.ref");
    }

    static Stream<Arguments> validRecord_isValid() throws IOException {
        return vectors("record-data-valid.json");
    }

    static Stream<Arguments> invalidRecord_isReportedWithRuleAndPath() throws IOException {
        return vectors("record-data-invalid.json");
    }

    /**
     * Returns the vectors with blob links to raw bytes. The originals link to records. The specification requires raw bytes,
     * and the vectors' README says that the specification takes precedence.
     */
    private static Stream<Arguments> vectors(String file) throws IOException {
        return raw(file).map(vector -> Arguments.of(vector.get()[0], withRawBlobLinks((LexMap) vector.get()[1])));
    }

    private static LexMap withRawBlobLinks(LexMap record) {
        LexMap.Builder changed = LexMap.builder();
        record.forEach((name, value) -> {
            boolean blob = value instanceof LexMap map && "blob".equals(map.type());
            changed.put(
                    name,
                    blob ? ((LexMap) value).toBuilder().put("ref", RAW_CID).build() : value);
        });
        return changed.build();
    }

    /**
     * Returns the original vectors. Reads them leniently, because some are malformed, and renames two that have the
     * same name.
     */
    private static Stream<Arguments> raw(String file) throws IOException {
        LexArray vectors =
                (LexArray) LexValue.parseJson(Files.readAllBytes(folder().resolve(file)), ReadOptions.LENIENT);
        return vectors.stream().map(LexMap.class::cast).map(vector -> {
            String name = Objects.requireNonNull(vector.getString("name"));
            LexMap record = Objects.requireNonNull(vector.getMap("data"));
            return name.equals("union inner invalid")
                    ? Arguments.of(name + (record.containsKey("union") ? " (union)" : " (closedUnion)"), record)
                    : Arguments.of(name, record);
        });
    }

    private static byte[] json(LexMap record) {
        return record.toJson().getBytes(UTF_8);
    }

    private static Path folder() {
        return InteropVectors.folder().resolve("lexicon");
    }
}
