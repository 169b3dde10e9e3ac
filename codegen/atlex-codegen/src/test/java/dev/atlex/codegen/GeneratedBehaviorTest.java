package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Method;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.ObjectCodec;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the classes generated from the hazard documents, compiled with all warnings as errors. */
class GeneratedBehaviorTest {
    private static final String PRESENCE = "com.example.hazard.Presence";
    private static final String SCALARS = "com.example.hazard.Scalars";
    private static final String SHAPES = "com.example.hazard.Shapes";
    private static final String UNIONS = "com.example.hazard.Unions";
    private static final String PROPERTIES = "com.example.bulk.Properties";

    private static final String REQUIRED_ONLY = "\"textRequired\":\"r\",\"numberRequired\":1,"
            + "\"textRequiredNullable\":null,\"numberRequiredNullable\":null,\"listRequiredNullable\":null";

    @TempDir
    static Path folder;

    private static Hazards hazards;

    @BeforeAll
    static void compile() throws IOException {
        hazards = Hazards.compiled(folder);
    }

    @AfterAll
    static void close() {
        hazards.close();
    }

    @Test
    void defaults_areReturned_andWrittenOnlyIfRequired() {
        LexObject presence = (LexObject) hazards.read(PRESENCE, "{" + REQUIRED_ONLY + "}");

        assertThat(Hazards.call(presence, "textOptionalDefault")).isEqualTo("a");
        assertThat(Hazards.call(presence, "numberOptionalDefault")).isEqualTo(5L);
        assertThat(Hazards.call(presence, "flagOptionalDefault")).isEqualTo(true);
        assertThat(Hazards.call(presence, "textOptionalNullableDefault")).isEqualTo("a");
        assertThat(Hazards.call(presence, "numberOptionalNullableDefault")).isEqualTo(5L);
        assertThat(Hazards.call(presence, "textOptional")).isNull();
        assertThat(presence.toLexMap())
                .isEqualTo(map("{" + REQUIRED_ONLY
                        + ",\"textRequiredDefault\":\"a\",\"textRequiredNullableDefault\":\"a\","
                        + "\"numberRequiredDefault\":5,\"numberRequiredNullableDefault\":5,"
                        + "\"didRequiredDefault\":\"did:web:example.com\"}"));
    }

    @Test
    void nullIsDistinctFromAbsentAndOverridesTheDefault() {
        String json = "{" + REQUIRED_ONLY + ",\"textOptionalNullable\":null,\"textOptionalNullableDefault\":null,"
                + "\"numberOptionalNullableDefault\":null,\"numberRequiredNullableDefault\":null,"
                + "\"textRequiredNullableDefault\":null,\"textRequiredDefault\":\"x\",\"numberRequiredDefault\":9,"
                + "\"didRequiredDefault\":\"did:web:x.org\"}";
        LexObject presence = (LexObject) hazards.roundTrip(PRESENCE, json);

        assertThat(Hazards.call(presence, "numberOptionalNullableDefault")).isNull();
        assertThat(Hazards.call(presence, "numberRequiredNullableDefault")).isNull();
        assertThat(presence.unknownFields()).isEmpty();
        assertThat(rebuilt(presence)).isEqualTo(presence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"textRequired", "textRequiredNullable", "numberRequired", "numberRequiredNullable"})
    void missingRequiredField_messageNamesIt(String field) {
        LexMap without =
                map("{" + REQUIRED_ONLY + "}").toBuilder().remove(field).build();

        assertThatThrownBy(() -> hazards.codec(PRESENCE).fromValue(without))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$." + field);
                    assertThat(e.rule()).isEqualTo("required");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"textRequired", "textOptional", "textRequiredDefault", "numberRequired"})
    void nullInNonNullableFieldIsRejected(String field) {
        LexMap wrong = map("{" + REQUIRED_ONLY + "}").toBuilder()
                .put(field, LexNull.NULL)
                .build();

        assertThatThrownBy(() -> hazards.codec(PRESENCE).fromValue(wrong))
                .isInstanceOfSatisfying(
                        LexValidationException.class, e -> assertThat(e.path()).isEqualTo("$." + field));
    }

    @Test
    void builder_missingField_messageNamesIt() {
        assertThatThrownBy(() -> builder(PRESENCE).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("com.example.hazard.presence: the required field \"textRequired\" is not set");
    }

    @Test
    void builder_initializesRequiredNullableFieldsWithDefault() throws ReflectiveOperationException {
        ObjectBuilder<?, ?> builder = builder(PRESENCE);
        builder.getClass().getMethod("textRequired", String.class).invoke(builder, "r");
        builder.getClass().getMethod("numberRequired", long.class).invoke(builder, 1L);

        assertThat(Hazards.call(builder.build(), "numberRequiredNullableDefault"))
                .isEqualTo(5L);
        builder.getClass()
                .getMethod("numberRequiredNullableDefault", Long.class)
                .invoke(builder, (Object) null);
        assertThat(Hazards.call(builder.build(), "numberRequiredNullableDefault"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "formatDid           | 'did:web:example.com' | 'did'          | format",
                "formatHandle        | 'a.example.com'       | 'a'            | format",
                "formatAtIdentifier  | 'a.example.com'       | 'a'            | format",
                "formatAtUri         | 'at://did:web:a.org'  | 'http://a.org' | format",
                "formatCid           | 'bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454' | 'b' | format",
                "formatDatetime      | '2026-01-01T00:00:00Z' | '2026-01-01'  | format",
                "formatLanguage      | 'de-CH'               | '!'            | format",
                "formatNsid          | 'com.example.a'       | 'com'          | format",
                "formatRecordKey     | 'self'                | '/'            | format",
                "formatTid           | '3jzfcijpj2z2a'       | 'self'         | format",
                "formatUri           | 'https://a.org'       | 'a'            | format",
                "formatBounded       | 'https://a.org'       | 'https://much-too-long.example.org' | maxLength",
                "keyBounded          | 'self'                | 'a'            | minLength",
                "textConst           | 'only'                | 'other'        | const",
                "textEnum            | 'b$'                  | 'b'            | enum",
                "textBytes           | 'éé'                  | 'ééé'          | maxLength",
                "textBytes           | 'ab'                  | 'a'            | minLength",
                "textGraphemes       | 'éé'                  | 'éée'          | maxGraphemes",
                "textGraphemes       | 'a'                   | ''             | minGraphemes",
            })
    void stringConstraintsAreChecked(String field, String valid, String invalid, String rule) {
        hazards.roundTrip(SCALARS, "{\"" + field + "\":\"" + valid + "\"}");

        assertInvalid(SCALARS, "{\"" + field + "\":\"" + invalid + "\"}", "$." + field, rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numberConst | 7     | 8     | const",
                "numberEnum  | 3     | 4     | enum",
                "numberRange | -3    | -4    | minimum",
                "numberRange | 3     | 4     | maximum",
                "numberBig   | -9007199254740991 | true | type",
                "flagTrue    | true  | false | const",
                "flagFalse   | false | true  | const",
                "bytes       | {\"$bytes\":\"AAAA\"} | {\"$bytes\":\"AAAAAA\"} | maxLength",
                "bytes       | {\"$bytes\":\"AA\"}   | {\"$bytes\":\"\"}       | minLength",
                "link        | {\"$link\":\"bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454\"} | \"b\" | type",
                "unknown     | {\"$type\":\"a.b.c\",\"x\":[1,null]} | [] | type",
            })
    void otherConstraintsAreChecked(String field, String valid, String invalid, String rule) {
        hazards.roundTrip(SCALARS, "{\"" + field + "\":" + valid + "}");

        assertInvalid(SCALARS, "{\"" + field + "\":" + invalid + "}", "$." + field, rule);
    }

    @Test
    void violationInAnItem_messageNamesTheItem() {
        assertInvalid(SCALARS, "{\"numbers\":[1,2,3]}", "$.numbers[2]", "enum");
        assertInvalid(SCALARS, "{\"dids\":[\"did:web:a.org\",\"x\"]}", "$.dids[1]", "format");
        assertInvalid(SHAPES, "{\"matrix\":[[1],[2,-1]]}", "$.matrix[1][1]", "minimum");
        assertInvalid(SHAPES, "{\"matrix\":[[1,2,3,4]]}", "$.matrix[0]", "maxLength");
        assertInvalid(SHAPES, "{\"matrix\":[]}", "$.matrix", "minLength");
        assertInvalid(SHAPES, "{\"lists\":[[\"a\"],[\"b\",\"too long\"]]}", "$.lists[1][1]", "maxLength");
    }

    @Test
    void withoutValidation_constraintsAreNotChecked() {
        LexMap wrong = map("{\"numberConst\":8,\"textConst\":\"x\",\"formatDid\":\"no\",\"bytes\":{\"$bytes\":\"\"}}");

        Object value = hazards.codec(SCALARS).fromValue(wrong, ReadOptions.STRICT.withValidate(false));

        assertThat(hazards.codec(SCALARS).toValue(value)).isEqualTo(wrong);
    }

    @Test
    void allKindsOfShapesRoundTrip() {
        hazards.roundTrip(SHAPES, """
                {"matrix":[[1,2],[]],"cube":[[["a"]],[]],"inline":{"inline":{"x":1},"y":"z"},"items":[{"x":1},{}],
                "deep":[[{"$type":"com.example.hazard.shapes#empty"},{"$type":"com.example.else#where","x":[{}]}]],
                "empty":{},"tree":{"left":{"right":{}},"children":[{},{"leaf":{"of":{
                "$type":"com.example.hazard.shapes#tree","leaf":{}}}}]},
                "list":["a"],"things":[{"$type":"com.example.hazard.shapes#tree"}],"lists":[["a","b"],[]],
                "level":"else","levels":["low"],"token":"com.example.hazard.shapes#token","size":9,
                "any":{"a":null},"anys":[{}]}""");
    }

    @Test
    void referencesToScalarsHaveTheirConstraintsAndDefaults() {
        Object shapes = hazards.read(SHAPES, "{}");

        assertThat(Hazards.call(shapes, "level")).isEqualTo("low");
        assertInvalid(SHAPES, "{\"size\":10}", "$.size", "maximum");
        assertInvalid(SHAPES, "{\"level\":\"much too long\"}", "$.level", "maxLength");
        assertInvalid(SHAPES, "{\"token\":\"low\"}", "$.token", "const");
    }

    @Test
    void builder_copiesLists() throws ReflectiveOperationException {
        List<Long> row = new ArrayList<>(List.of(1L));
        List<String> list = new ArrayList<>(List.of("a"));
        ObjectBuilder<?, ?> builder = builder(SHAPES);
        builder.getClass().getMethod("matrix", List.class).invoke(builder, List.of(row));
        builder.getClass().getMethod("list", Collection.class).invoke(builder, list);
        builder.getClass().getMethod("cube", List.class).invoke(builder, List.of(List.of(list)));
        LexObject shapes = builder.build();
        row.add(2L);
        list.add("b");

        assertThat(shapes.toJson()).isEqualTo("{\"matrix\":[[1]],\"cube\":[[[\"a\"]]],\"list\":[\"a\"]}");
    }

    @Test
    void unknownVariants_areKeptInOpenAndRejectedInClosedUnions() {
        String other = "{\"$type\":\"com.example.new#one\",\"x\":{\"y\":[1]}}";
        hazards.roundTrip(UNIONS, "{\"open\":" + other + ",\"empty\":" + other + ",\"one\":" + other + "}");

        assertInvalid(UNIONS, "{\"closed\":" + other + "}", "$.closed.$type", "union");
        assertInvalid(UNIONS, "{\"closed\":{\"x\":1,\"$type\":\"com.example.new#one\"}}", "$.closed.$type", "union");
        assertInvalid(UNIONS, "{\"open\":{\"x\":1}}", "$.open.$type", "required");
    }

    @Test
    void typeDeterminesTheVariant() {
        Object unions = hazards.roundTrip(UNIONS, """
                {"open":{"x":1,"$type":"com.example.hazard.unions#a"},
                "closed":{"$type":"com.example.hazard.unions#b","text":"t"},
                "record":{"$type":"com.example.hazard.post","text":"t","createdAt":"2026-01-01T00:00:00Z"},
                "colliding":{"$type":"com.example.hazard.unions#A","y":2},
                "same":[{"$type":"com.example.hazard.unions#same","same":{"$type":"com.example.hazard.unions#same"}}],
                "main":{"$type":"com.example.hazard.unions","one":{"$type":"com.example.hazard.unions#a","x":1}}}""");

        assertThat(Hazards.call(unions, "open").getClass().getSimpleName()).isEqualTo("A");
        assertInvalid(
                UNIONS,
                "{\"same\":[{\"$type\":\"com.example.hazard.unions#same\",\"same\":[]}]}",
                "$.same[0].same",
                "type");
        assertInvalid(UNIONS, "{\"open\":{\"$type\":\"com.example.hazard.unions#a\"}}", "$.open.x", "required");
    }

    @Test
    void variantsWithTheSameNameHaveDistinctClasses() {
        for (String type :
                List.of("com.example.one.embed#view", "com.example.two.embed#view", "chat.example.defs#view")) {
            hazards.roundTrip(UNIONS, "{\"colliding\":{\"$type\":\"" + type + "\",\"x\":1,\"y\":2}}");
        }
        assertInvalid(
                UNIONS,
                "{\"colliding\":{\"$type\":\"com.example.two.embed#view\",\"y\":\"\"}}",
                "$.colliding.y",
                "type");
        hazards.roundTrip(
                UNIONS, "{\"colliding\":{\"$type\":\"com.example.one.embed#view\",\"y\":\"another's field\"}}");
    }

    @Test
    void propertiesWithUnusualNamesRoundTrip() {
        ObjectCodec<?, ?> codec = (ObjectCodec<?, ?>) hazards.constant(PROPERTIES, "CODEC");
        StringBuilder json = new StringBuilder("{\"count\":1,\"hasCount\":2,\"x\":3,\"X\":4,\"List\":[\"a\"],"
                + "\"chat\":{\"x\":1},\"com\":[{\"x\":2}],\"Codecs\":\"did:web:a.org\"");
        for (String name : List.of("builder", "hashCode", "getClass", "class", "_", "a-b", "aB", "é", "a$b")) {
            json.append(",\"")
                    .append(name)
                    .append("\":\"value of ")
                    .append(name)
                    .append('"');
        }
        LexObject value = (LexObject) hazards.roundTrip(PROPERTIES, json + "}");

        assertThat(codec.type()).isEqualTo("com.example.bulk.properties");
        assertThat(value.unknownFields()).isEmpty();
        assertThat(rebuilt(value)).isEqualTo(value);
        assertThat(Hazards.call(value, "aB")).isEqualTo("value of a-b");
        assertThat(Hazards.call(value, "aB_")).isEqualTo("value of aB");
        assertInvalid(PROPERTIES, "{\"count\":1,\"hasCount\":2,\"x\":3}", "$.X", "required");
        assertInvalid(PROPERTIES, "{\"count\":1,\"x\":3,\"X\":4}", "$.hasCount", "required");
    }

    @Test
    void objectsWithManyFieldsRoundTrip() {
        StringBuilder json = new StringBuilder("{\"field00\":\"first\"");
        for (int i = 1; i < 70; i++) {
            String value = switch (i % 5) {
                case 0 -> "\"" + i + "\"";
                case 1 -> "" + i;
                case 2 -> "\"did:web:a" + i + ".org\"";
                case 3 -> "[\"" + i + "\"]";
                default -> "" + (i % 2 == 0);
            };
            json.append(String.format(",\"field%02d\":", i)).append(value);
        }
        Object huge = hazards.roundTrip("com.example.bulk.Huge", json + "}");

        assertThat(Hazards.call(huge, "field66")).isEqualTo(66L);
    }

    /** Tests more fields than a Java method can have parameters. */
    @Test
    void objectsWith300FieldsCompileAndRoundTrip(@TempDir Path folder) throws IOException {
        StringBuilder properties = new StringBuilder();
        StringBuilder json = new StringBuilder("{\"from\":5");
        for (int i = 0; i < 300; i++) {
            boolean text = i % 2 == 0;
            properties.append(
                    String.format("%s\"f%d\":{\"type\":\"%s\"}", i == 0 ? "" : ",", i, text ? "string" : "integer"));
            json.append(String.format(text ? "%s\"f%d\":\"%d\"" : "%s\"f%d\":%d", ",", i, i));
        }
        Path lexicons = Files.createDirectories(folder.resolve("lexicons"));
        Files.writeString(
                lexicons.resolve("wide.json"),
                "{\"lexicon\":1,\"id\":\"com.example.wide\",\"defs\":{\"main\":{\"type\":\"object\","
                        + "\"required\":[\"f0\",\"f299\",\"from\"],\"properties\":{"
                        + "\"from\":{\"type\":\"integer\",\"default\":7}," + properties + "}}}}");

        try (Hazards wide = Hazards.compiled(lexicons, folder)) {
            LexObject value = (LexObject) wide.roundTrip("com.example.Wide", json + "}");

            assertThat(value.unknownFields()).isEmpty();
            assertThat(rebuilt(value)).isEqualTo(value);
            assertThat(Hazards.call(value, "f298")).isEqualTo("298");
            assertThat(Hazards.call(value, "f299")).isEqualTo(299L);
            Object least = wide.read("com.example.Wide", "{\"f0\":\"\",\"f299\":1}");
            assertThat(Hazards.call(least, "from")).isEqualTo(7L);
            assertThat(rebuilt((LexObject) least)).isEqualTo(least);
            ObjectBuilder<?, ?> empty = ((ObjectCodec<?, ?>) wide.constant("com.example.Wide", "CODEC")).newBuilder();
            assertThatThrownBy(empty::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("f0");
            assertThatThrownBy(() -> wide.read("com.example.Wide", "{\"f0\":\"\"}"))
                    .isInstanceOf(LexValidationException.class)
                    .hasMessageContaining("$.f299");
        }
    }

    @Test
    void classesMayBeNamedLikeClassesThatGeneratedCodeUses() {
        Object value = hazards.roundTrip(
                "com.example.hazard.Builder_",
                "{\"builder\":{\"x\":1},\"buildable\":{\"thing\":{\"x\":2},\"builder\":\"b\"},"
                        + "\"other\":{\"buildable\":\"s\",\"inner\":{\"buildable\":{\"x\":3}}}}");

        assertThat(Hazards.call(value, "buildable"))
                .isInstanceOf(hazards.type("com.example.hazard.Builder_$Buildable"));
        assertThat(Hazards.call(value, "other")).isInstanceOf(hazards.type("com.example.hazard.Buildable"));
        assertThat(rebuilt((LexObject) value)).isEqualTo(value);
    }

    @Test
    void classesMayBeNamedLikeJavaLangClasses() {
        Object uses = hazards.roundTrip(
                "com.example.lang.Uses",
                "{\"string\":{\"value\":\"v\"},\"number\":1,\"text\":\"t\",\"texts\":[\"a\"],\"list\":{\"value\":\"l\"},"
                        + "\"one\":{\"$type\":\"com.example.lang.override\",\"value\":\"o\"}}");

        assertThat(Hazards.call(uses, "string")).isInstanceOf(hazards.type("com.example.lang.String"));
        assertThat(Hazards.call(uses, "flag")).isEqualTo(true);
    }

    @Test
    void recordsRequireTheirType() {
        RecordType<?, ?> type = (RecordType<?, ?>) hazards.constant("com.example.hazard.Post", "RECORD");

        assertThat(type.collection()).hasToString("com.example.hazard.post");
        assertThat(type.key()).isEqualTo("tid");
        assertInvalid(
                "com.example.hazard.Post",
                "{\"text\":\"t\",\"createdAt\":\"2026-01-01T00:00:00Z\"}",
                "$.$type",
                "required");
        assertInvalid(
                "com.example.hazard.Post",
                "{\"$type\":\"com.example.other\",\"text\":\"t\",\"createdAt\":\"2026-01-01T00:00:00Z\"}",
                "$.$type",
                "type");
    }

    @ParameterizedTest
    @CsvSource({
        "QueryNone, QUERY, {}, none",
        "QueryRef, QUERY, {\"x\":1}, json",
        "QueryArray, QUERY, '[\"a\",\"b\"]', json",
        "QueryString, QUERY, \"name\", json",
        "QueryNumber, QUERY, 7, json",
        "QueryToken, QUERY, \"com.example.method.defs#stop\", json",
        "QueryUnion, QUERY, '{\"$type\":\"com.example.method.defs#result\",\"x\":1}', json",
        "QueryJson, QUERY, '[1,{\"a\":null}]', json",
        "QueryBinary, QUERY, application/vnd.ipld.car, binary",
        "DoNothing, PROCEDURE, {}, none",
        "DoObject, PROCEDURE, {}, json",
        "DoBinary, PROCEDURE, text/plain, binary",
    })
    void outputsOfAllKindsAreRead(String name, String constant, String body, String kind) {
        Method<?> method = (Method<?>) hazards.constant("com.example.method." + name, constant);

        assertThat(method.nsid()).isEqualToIgnoringCase("com.example.method." + name);
        if (kind.equals("json")) {
            assertThat(method.output().encoding()).isEqualTo("application/json");
            assertThat(method.output().decode("application/json", body.getBytes(UTF_8), ReadOptions.STRICT))
                    .isNotNull();
        } else {
            assertThat(method.output()).isNotInstanceOf(Output.Json.class);
            assertThat(method.output().encoding()).isEqualTo(kind.equals("none") ? null : body);
        }
    }

    private static Object read(Method<?> method, String json) {
        return method.decode("application/json", json.getBytes(UTF_8), ReadOptions.STRICT);
    }

    @Test
    void nonObjectOutputsHaveConstraints() {
        Query<?, ?, ?> array = (Query<?, ?, ?>) hazards.constant("com.example.method.QueryArray", "QUERY");
        Query<?, ?, ?> number = (Query<?, ?, ?>) hazards.constant("com.example.method.QueryNumber", "QUERY");

        assertThatThrownBy(() -> read(array, "[\"a\",\"b\",\"c\"]")).hasMessageContaining("array of at most 2");
        assertThatThrownBy(() -> read(array, "[\"a\",\"too long\"]")).hasMessageContaining("$[1]");
        assertThatThrownBy(() -> read(number, "-1")).hasMessageContaining("at least 0");
    }

    @Test
    void allKindsOfInputsHaveProcedure() {
        assertThat(((Procedure<?, ?, ?>) procedure("DoNothing")).input()).isSameAs(Unit.CODEC);
        assertThat(((Procedure<?, ?, ?>) procedure("DoRef")).input().type())
                .isEqualTo("com.example.method.defs#result");
        assertThat(((Procedure<?, ?, ?>) procedure("DoRecord")).input().type()).isEqualTo("com.example.hazard.post");
        assertThat(((ValueProcedure<?, ?>) procedure("DoJson")).input().fromJson("[1]"))
                .isInstanceOf(LexValue.class);
        assertThat(((ValueProcedure<?, ?>) procedure("DoArray")).input().fromJson("[\"a\"]"))
                .isEqualTo(List.of("a"));
        assertThatThrownBy(() -> ((ValueProcedure<?, ?>) procedure("DoUnion"))
                        .input()
                        .fromJson("{\"$type\":\"com.example.a#b\"}"))
                .isInstanceOf(LexValidationException.class);
        BinaryProcedure<?> binary = (BinaryProcedure<?>) procedure("DoBinary");
        assertThat(binary.encoding()).isEqualTo("*/*");
        assertThat(binary.parameters().fromJson("{\"part\":1}")).isNotNull();
        assertThatThrownBy(() -> binary.parameters().fromJson("{}")).hasMessageContaining("$.part");
        assertThat(((Procedure<?, ?, ?>) procedure("DoObject")).parameters().fromJson("{\"dry\":true}"))
                .hasToString("Params{dry=true}");
    }

    @Test
    void declaredErrorsAreListedAndHaveConstants() {
        Query<?, ?, ?> query = (Query<?, ?, ?>) hazards.constant("com.example.method.QueryObject", "QUERY");

        assertThat(query.errors()).containsExactly("NotFound", "not-found", "Not_Found");
        assertThat(hazards.constant("com.example.method.QueryObject", "ERROR_NOT_FOUND"))
                .isEqualTo("NotFound");
        assertThat(hazards.constant("com.example.method.QueryObject", "ERROR_NOT_FOUND__"))
                .isEqualTo("Not_Found");
    }

    @Test
    void constantsInClassHaveDistinctNames() {
        List<Object> values = Arrays.stream(
                        hazards.type("com.example.hazard.Constants").getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> hazards.constant("com.example.hazard.Constants", field.getName()))
                .toList();

        assertThat(values)
                .contains("*/", "{@code x}", "$L", "\"", "\\u0022", "é", "com.example.hazard.constants#A")
                .doesNotHaveDuplicates();
    }

    @Test
    void textFromDocumentsIsEscaped() {
        Object prose = hazards.read("com.example.hazard.Prose", "{\"$type\":\"com.example.hazard.prose\"}");

        assertThat(Hazards.call(prose, "text")).isEqualTo("*/ $L \\u0022 \"quoted\" {");
    }

    @Test
    void toBuilder_keepsUnknownFieldsAndOptionalType() {
        LexObject shapes = (LexObject)
                hazards.roundTrip(SHAPES, "{\"$type\":\"com.example.hazard.shapes\",\"newer\":{\"a\":[1]},\"size\":3}");

        assertThat(shapes.unknownFields()).isEqualTo(map("{\"newer\":{\"a\":[1]}}"));
        assertThat(rebuilt(shapes).toLexMap()).isEqualTo(shapes.toLexMap());
        assertInvalid(SHAPES, "{\"$type\":\"com.example.hazard.other\"}", "$.$type", "type");
    }

    @Test
    void bytesAndLinksUseTheDataModel() {
        Object scalars = hazards.read(SCALARS, "{\"plainBytes\":{\"$bytes\":\"AQI\"},\"unknown\":{\"a\":\"b\"}}");

        assertThat(Hazards.call(scalars, "plainBytes")).isEqualTo(Bytes.of(new byte[] {1, 2}));
        assertThat(Hazards.call(scalars, "unknown")).isEqualTo(LexMap.of("a", new LexString("b")));
    }

    private static Object procedure(String name) {
        return hazards.constant("com.example.method." + name, "PROCEDURE");
    }

    private static ObjectBuilder<?, ?> builder(String type) {
        return (ObjectBuilder<?, ?>) Hazards.call(hazards.type(type), "builder");
    }

    private static LexObject rebuilt(LexObject object) {
        return ((ObjectBuilder<?, ?>) Hazards.call(object, "toBuilder")).build();
    }

    private static LexMap map(String json) {
        return (LexMap) LexValue.parseJson(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), ReadOptions.STRICT);
    }

    private static void assertInvalid(String type, String json, String path, String rule) {
        for (boolean tree : new boolean[] {false, true}) {
            assertThatThrownBy(() -> {
                        if (tree) {
                            hazards.codec(type).fromValue(map(json));
                        } else {
                            hazards.read(type, json);
                        }
                    })
                    .isInstanceOfSatisfying(LexValidationException.class, e -> {
                        assertThat(e.path()).isEqualTo(path);
                        assertThat(e.rule()).isEqualTo(rule);
                    });
        }
    }
}
