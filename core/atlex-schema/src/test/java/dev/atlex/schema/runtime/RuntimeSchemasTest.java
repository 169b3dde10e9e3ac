package dev.atlex.schema.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Method;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeSchemasTest {
    private static final RuntimeSchemas SCHEMAS = schemas(
            document("com.example.note", """
                    "main": {"type": "record", "key": "tid", "record": {
                      "type": "object", "required": ["text", "size", "lang"], "nullable": ["reply"],
                      "properties": {
                        "text": {"type": "string", "maxLength": 5},
                        "size": {"type": "integer", "default": 3},
                        "lang": {"type": "ref", "ref": "#language"},
                        "reply": {"type": "ref", "ref": "#node"},
                        "tags": {"type": "array", "maxLength": 2, "items": {"type": "string", "minLength": 1}},
                        "inner": {"type": "object", "required": ["a"], "properties": {"a": {"type": "boolean"}}},
                        "any": {"type": "union", "refs": ["#node", "com.example.other"]},
                        "one": {"type": "union", "closed": true, "refs": ["#node"]},
                        "created": {"type": "string", "format": "datetime"},
                        "file": {"type": "blob", "accept": ["image/*"]},
                        "about": {"type": "ref", "ref": "#mark"},
                        "more": {"type": "unknown"}}}},
                    "language": {"type": "string", "default": "en", "maxLength": 2},
                    "mark": {"type": "token"},
                    "grid": {"type": "array", "items": {"type": "ref", "ref": "#grid"}},
                    "node": {"type": "object", "properties": {
                      "value": {"type": "integer"},
                      "next": {"type": "ref", "ref": "#node"}}}"""),
            document("com.example.other", """
                    "main": {"type": "record", "key": "any", "record": {
                      "type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}}}"""),
            document("com.example.find", """
                    "main": {"type": "query",
                      "parameters": {"type": "params", "required": ["q"], "properties": {
                        "q": {"type": "string"}, "limit": {"type": "integer", "maximum": 10}}},
                      "output": {"encoding": "application/json", "schema": {
                        "type": "object", "required": ["found"], "properties": {
                          "found": {"type": "array", "items": {"type": "ref", "ref": "com.example.note#node"}}}}},
                      "errors": [{"name": "TooMany"}]}"""),
            document("com.example.store", """
                    "main": {"type": "procedure",
                      "input": {"encoding": "application/json", "schema": {"type": "ref", "ref": "com.example.other"}}}"""),
            document("com.example.touch", "\"main\": {\"type\": \"procedure\"}"),
            document("com.example.upload", """
                    "main": {"type": "procedure", "input": {"encoding": "image/*"},
                      "output": {"encoding": "application/json"}}"""),
            document("com.example.watch", """
                    "main": {"type": "subscription", "message": {"schema": {"type": "union", "refs": []}}}"""));

    @Test
    void codec_validValue_returnsItUnchanged() {
        String json = """
                {"text":"abc","$type":"com.example.note","reply":null,"tags":["x","y"],"inner":{"a":true,"b":[1]},
                "any":{"value":1,"$type":"com.example.note#node","other":{"z":null}},
                "one":{"$type":"com.example.note#node"},"created":"2026-01-01T00:00:00.10+01:00",
                "file":{"$type":"blob","mimeType":"image/png","size":1,"ref":
                {"$link":"bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454"}},
                "about":"com.example.note#mark","more":{"$type":"x","y":1},"newer":{"k":["v"]}}""";
        LexValue value = LexValue.parseJson(json);
        Codec<LexValue> codec = SCHEMAS.codec("com.example.note");

        assertThat(codec.fromJson(json)).isEqualTo(value);
        assertThat(codec.fromValue(value)).isEqualTo(value);
        assertThat(LexValue.parseJson(codec.toJson(value), ReadOptions.STRICT)).isEqualTo(value);
    }

    @Test
    void openUnion_unknownVariant_isKept() {
        assertValid("com.example.note", note("\"any\":{\"a\":[null],\"$type\":\"com.example.newer\"}"));
    }

    @Test
    void strict_duplicateTypeOfVariant_mustBeEqual() {
        String before =
                "{\"$type\":\"com.example.note\",\"text\":\"a\",\"any\":{\"$type\":\"com.example.newer\",\"$type\":";
        byte[] same = (before + "\"com.example.newer\"}}").getBytes(UTF_8);
        assertThat(SCHEMAS.validateJson("com.example.note", same, ReadOptions.STRICT))
                .isInstanceOf(ValidationResult.Valid.class);
        for (String second : List.of("\"\"", "\"com.example.note\"", "1", "{\"$type\":\"\"}")) {
            byte[] json = (before + second + "}}").getBytes(UTF_8);
            assertThat(SCHEMAS.validateJson("com.example.note", json, ReadOptions.STRICT))
                    .isInstanceOfSatisfying(
                            ValidationResult.Invalid.class,
                            invalid -> assertThat(invalid.path()).isEqualTo("$.any.$type"));
            assertThat(SCHEMAS.validateJson("com.example.note", json, ReadOptions.LENIENT))
                    .isEqualTo(new ValidationResult.Valid(LexValue.parseJson(json, ReadOptions.LENIENT)));
        }
    }

    @Test
    void requiredFieldWithDefault_mayBeAbsent_andIsNotAdded() {
        LexMap note = LexMap.builder()
                .put("$type", "com.example.note")
                .put("text", "a")
                .build();

        assertThat(SCHEMAS.validateRecord(note)).isEqualTo(new ValidationResult.Valid(note));
    }

    @Test
    void invalidValue_isReportedWithRuleAndPath() {
        assertInvalid(note("\"tags\":[\"a\",\"\"]"), "minLength", "$.tags[1]");
        assertInvalid(note("\"tags\":[\"a\",\"b\",\"c\"]"), "maxLength", "$.tags");
        assertInvalid(note("\"inner\":{}"), "required", "$.inner.a");
        assertInvalid(note("\"inner\":null"), "type", "$.inner");
        assertInvalid(note("\"lang\":\"eng\""), "maxLength", "$.lang");
        assertInvalid(note("\"any\":{\"$type\":\"com.example.other\"}"), "required", "$.any.x");
        assertInvalid(note("\"any\":{\"value\":1}"), "required", "$.any.$type");
        assertInvalid(note("\"one\":{\"$type\":\"com.example.other\",\"x\":1}"), "union", "$.one.$type");
        assertInvalid(note("\"created\":\"yesterday\""), "format", "$.created");
        assertInvalid(note("\"about\":\"com.example.note#other\""), "const", "$.about");
        assertInvalid(note("\"reply\":{\"next\":{\"next\":{\"value\":\"1\"}}}"), "type", "$.reply.next.next.value");
        assertInvalid(note("\"reply\":{\"$type\":\"com.example.other\"}"), "type", "$.reply.$type");
        assertInvalid(note("\"more\":[]"), "type", "$.more");
        assertInvalid("{\"$type\":\"com.example.note\"}", "required", "$.text");
        assertInvalid("{\"$type\":\"com.example.other\",\"text\":\"a\"}", "type", "$.$type");
        assertInvalid("{\"text\":\"a\"}", "required", "$.$type");
        assertInvalid(note("\"inner\":{\"a\":true,\"b\":1.5}"), "data", "$.inner.b");
        assertInvalid("{", "data", "$");
    }

    @Test
    void invalidValue_messageNamesConstraintAndValue() {
        assertThatThrownBy(() -> SCHEMAS.codec("com.example.note").fromJson(note("\"text\":\"abcdef\"")))
                .isInstanceOf(LexValidationException.class)
                .hasMessage("Expected a string of at most 5 bytes at $.text (got 6 bytes: \"abcdef\")");
    }

    @Test
    void lenient_acceptsLooseDatetimeAndUnknownFloat() {
        byte[] json = note("\"created\":\"20260101T000000Z\",\"newer\":1.5").getBytes(UTF_8);

        assertThat(SCHEMAS.validateJson("com.example.note", json, ReadOptions.LENIENT)
                        .isValid())
                .isTrue();
        assertThat(SCHEMAS.validateJson("com.example.note", json, ReadOptions.STRICT)
                        .isValid())
                .isFalse();
    }

    @Test
    void withoutValidation_anyValueIsUnchanged() {
        ReadOptions reading = ReadOptions.STRICT.withValidate(false);
        Codec<LexValue> codec = SCHEMAS.codec("com.example.note");
        LexValue loose = LexValue.parseJson("{\"created\":\"?\",\"tags\":[\"\",\"\",\"\"],\"any\":{\"$type\":\"y\"}}");

        assertThat(codec.fromValue(loose, reading)).isEqualTo(loose);
        LexValue other = LexMap.of("text", LexValue.of(1));
        assertThat(codec.fromValue(other, reading)).isEqualTo(other);
    }

    @Test
    void strict_blobAsUnknown_isInvalid() {
        String blob = "{\"$type\":\"blob\",\"mimeType\":\"a/b\",\"size\":1,\"ref\":"
                + "{\"$link\":\"bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454\"}}";

        assertInvalid(note("\"more\":" + blob), "type", "$.more");
        assertValid("com.example.note", note("\"more\":{\"file\":" + blob + "}"));
        assertThat(SCHEMAS.validateJson(
                                "com.example.note", note("\"more\":" + blob).getBytes(UTF_8), ReadOptions.LENIENT)
                        .isValid())
                .isTrue();
    }

    @Test
    void mainSuffix_isValidInNamesButNotInTypes() {
        assertThat(SCHEMAS.codec("com.example.note#main")).isSameAs(SCHEMAS.codec("com.example.note"));
        assertInvalid("{\"$type\":\"com.example.note#main\",\"text\":\"a\"}", "type", "$.$type");
    }

    @Test
    void optionalType_isKept() {
        assertValid("com.example.note#node", "{\"value\":1,\"$type\":\"com.example.note#node\"}");
        assertValid("com.example.note#node", "{\"value\":1}");
    }

    @Test
    void recursiveDefinitions_readDeepValues() {
        StringBuilder json = new StringBuilder("{}");
        for (int i = 1; i < ReadOptions.DEFAULT_MAX_DEPTH; i++) {
            json.insert(0, "{\"next\":").append('}');
        }

        assertValid("com.example.note#node", json.toString());
        assertValid("com.example.note#grid", "[[],[[[]]]]");
        assertThatThrownBy(() -> SCHEMAS.codec("com.example.note#grid").fromJson("[[],[[1]]]"))
                .isInstanceOfSatisfying(
                        LexValidationException.class, e -> assertThat(e.path()).isEqualTo("$[1][0][0]"));
        assertThatThrownBy(() -> SCHEMAS.codec("com.example.note#grid").fromJson("[".repeat(2600) + "]".repeat(2600)))
                .isInstanceOf(LexDataException.class);
    }

    @Test
    void validateRecord_usesTheRecordsType() {
        LexMap other = LexMap.builder().put("$type", "com.example.other").build();

        assertThat(SCHEMAS.validateRecord(other))
                .isEqualTo(new ValidationResult.Invalid("$.x", "required", "Expected a value at $.x (got nothing)"));
        assertThat(SCHEMAS.validateRecord(
                        other.toBuilder().put("$type", "com.example.missing").build()))
                .isEqualTo(new ValidationResult.Unknown("com.example.missing"));
        assertThat(SCHEMAS.validateRecord(
                        other.toBuilder().put("$type", "com.example.note#node").build()))
                .isInstanceOfSatisfying(
                        ValidationResult.Invalid.class,
                        invalid -> assertThat(invalid.path()).isEqualTo("$.$type"));
        assertThat(SCHEMAS.validateRecord(LexMap.of()))
                .isInstanceOfSatisfying(
                        ValidationResult.Invalid.class,
                        invalid -> assertThat(invalid.rule()).isEqualTo("required"));
        assertThat(SCHEMAS.validateRecord(LexMap.of("$type", LexValue.of(1))))
                .isInstanceOfSatisfying(
                        ValidationResult.Invalid.class,
                        invalid -> assertThat(invalid.rule()).isEqualTo("type"));
    }

    @Test
    void codec_unknownOrUnsuitableDefinition_throws() {
        for (String ref : List.of("com.example.missing", "com.example.note#nothing", "not an nsid", "", "#node")) {
            assertThatThrownBy(() -> SCHEMAS.codec(ref))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + ref + "\"");
        }
        assertThatThrownBy(() -> SCHEMAS.codec("com.example.find"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"com.example.find\" does not define values");
    }

    @Test
    void method_equalsGeneratedOne() {
        Method<?> find = SCHEMAS.method("com.example.find");

        assertThat(find).isInstanceOf(Query.class);
        assertThat(find.nsid()).isEqualTo("com.example.find");
        assertThat(find.errors()).containsExactly("TooMany");
        assertThat(find.output().encoding()).isEqualTo("application/json");
        assertThatThrownBy(() -> find.parameters().fromJson("{\"q\":\"a\",\"limit\":11}"))
                .hasMessageContaining("$.limit");
        assertThatThrownBy(() -> find.parameters().fromJson("{}")).hasMessageContaining("$.q");
        assertThat(SCHEMAS.method("com.example.touch"))
                .isInstanceOfSatisfying(
                        Procedure.class, touch -> assertThat(touch.input()).isSameAs(Unit.CODEC));
        assertThat(SCHEMAS.method("com.example.touch").output().encoding()).isNull();
        assertThat(SCHEMAS.method("com.example.store"))
                .isInstanceOfSatisfying(
                        ValueProcedure.class,
                        store -> assertThatThrownBy(() -> store.input().fromJson("{\"x\":1}"))
                                .hasMessageContaining("$.$type"));
        assertThat(SCHEMAS.method("com.example.upload"))
                .isInstanceOfSatisfying(
                        BinaryProcedure.class,
                        upload -> assertThat(upload.encoding()).isEqualTo("image/*"));
    }

    @Test
    void method_unknownOrUnsuitableDefinition_throws() {
        for (String nsid :
                List.of("com.example.missing", "com.example.note", "com.example.watch", "com.example.note#node")) {
            assertThatThrownBy(() -> SCHEMAS.method(nsid))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + nsid + "\"");
        }
    }

    @Test
    void tokenInUnion_isIgnored() {
        RuntimeSchemas schemas = schemas(document("com.example.tok", """
                "main": {"type": "object", "properties": {
                  "state": {"type": "union", "refs": ["#open", "com.example.far", "#place"]},
                  "list": {"type": "array", "items": {"type": "union", "closed": true, "refs": ["#open", "#place"]}},
                  "none": {"type": "union", "closed": true, "refs": ["#open"]}}},
                "open": {"type": "token"},
                "place": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}}"""), document("com.example.far", """
                "main": {"type": "token"}"""));

        assertThat(schemas.check()).isEmpty();
        for (String valid : List.of(
                "{\"state\":{\"$type\":\"com.example.tok#place\",\"x\":1}}",
                "{\"state\":{\"$type\":\"com.example.tok#open\"}}",
                "{\"state\":{\"$type\":\"com.example.far\",\"more\":1}}",
                "{\"list\":[{\"$type\":\"com.example.tok#place\",\"x\":1}]}")) {
            assertThat(schemas.validateJson("com.example.tok", valid.getBytes(UTF_8), ReadOptions.STRICT))
                    .isInstanceOf(ValidationResult.Valid.class);
        }
        for (String invalid : List.of(
                "{\"state\":\"com.example.tok#open\"}",
                "{\"state\":{\"$type\":\"com.example.tok#place\"}}",
                "{\"list\":[{\"$type\":\"com.example.tok#open\"}]}",
                "{\"none\":{\"$type\":\"com.example.tok#open\"}}",
                "{\"none\":{}}")) {
            assertThat(schemas.validateJson("com.example.tok", invalid.getBytes(UTF_8), ReadOptions.STRICT))
                    .isInstanceOf(ValidationResult.Invalid.class);
        }
    }

    @Test
    void codec_severalProblems_exceptionListsAll() {
        RuntimeSchemas broken = schemas(document("com.example.a", """
                "main": {"type": "object", "properties": {
                  "x": {"type": "ref", "ref": "#nothing"}, "y": {"type": "ref", "ref": "com.example.nowhere"}}}"""));

        assertThatThrownBy(() -> broken.codec("com.example.a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("com.example.a: $.defs.main.properties.x.ref: "
                        + "unresolved reference \"com.example.a#nothing\": not defined in com.example.a; "
                        + "com.example.a: $.defs.main.properties.y.ref: "
                        + "unresolved reference \"com.example.nowhere\": document not found");
    }

    @Test
    void check_listsEveryProblemWithItsPath() {
        RuntimeSchemas broken =
                schemas(document("com.example.a", """
                        "main": {"type": "record", "key": "tid", "record": {"type": "object", "properties": {
                          "x": {"type": "ref", "ref": "#nothing"},
                          "y": {"type": "array", "items": {"type": "union", "refs": ["#good", "com.example.b", "#text"]}},
                          "z": {"type": "ref", "ref": "com.example.q"},
                          "$w": {"type": "integer"}}}},
                        "good": {"type": "object", "properties": {}},
                        "text": {"type": "string"}"""), document("com.example.q", """
                        "main": {"type": "query",
                          "output": {"encoding": "application/json", "schema": {"type": "ref", "ref": "com.example.c#d"}}}"""), document("com.example.s", """
                        "main": {"type": "subscription",
                          "message": {"schema": {"type": "union", "refs": ["#gone"]}}}"""));

        assertThat(broken.check().stream().map(SchemaProblem::toString))
                .containsExactlyInAnyOrder(
                        "com.example.a: $.defs.main.record.properties.x.ref: "
                                + "unresolved reference \"com.example.a#nothing\": not defined in com.example.a",
                        "com.example.a: $.defs.main.record.properties.y.items.refs[1]: "
                                + "unresolved reference \"com.example.b\": document not found",
                        "com.example.a: $.defs.main.record.properties.y.items.refs[2]: "
                                + "\"com.example.a#text\" is not an object, so it can't be in a union",
                        "com.example.a: $.defs.main.record.properties.z.ref: "
                                + "\"com.example.q\" does not define values, so it can't be referenced",
                        "com.example.a: $.defs.main.record.properties.$w: "
                                + "names that begin with \"$\" are reserved for the protocol",
                        "com.example.q: $.defs.main.output.schema.ref: "
                                + "unresolved reference \"com.example.c#d\": document not found",
                        "com.example.s: $.defs.main.message.schema.refs[0]: "
                                + "unresolved reference \"com.example.s#gone\": not defined in com.example.s");
        assertThatThrownBy(() -> broken.codec("com.example.a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.example.a: $.defs.main.record.properties.x.ref");
        assertThatThrownBy(() -> broken.method("com.example.q")).isInstanceOf(IllegalArgumentException.class);
        assertValid(broken.codec("com.example.a#good"), "{}");
    }

    @Test
    void codec_indirectProblem_throwsEveryTime() {
        RuntimeSchemas broken = schemas(document("com.example.a", """
                "main": {"type": "object", "properties": {"b": {"type": "ref", "ref": "#b"}}},
                "b": {"type": "array", "items": {"type": "ref", "ref": "#c"}},
                "c": {"type": "object", "properties": {"d": {"type": "ref", "ref": "#d"}}}"""));

        for (String ref : List.of("com.example.a", "com.example.a#b", "com.example.a#c", "com.example.a")) {
            assertThatThrownBy(() -> broken.codec(ref))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("com.example.a: $.defs.c.properties.d.ref");
        }
    }

    @Test
    void check_validDocuments_hasNoProblems() {
        assertThat(SCHEMAS.check()).isEmpty();
    }

    @Test
    void untypedObject_behavesLikeALexObject() {
        LexMap map = LexMap.of("a", LexValue.of(1));
        UntypedObject object = UntypedObject.of(map);

        assertThat(object.map()).isEqualTo(map);
        assertThat(object.toLexMap()).isEqualTo(map);
        assertThat(object.unknownFields()).isEqualTo(map);
        assertThat(object.toBuilder().unknownField("b", LexValue.of(2)).build().map())
                .isEqualTo(map.toBuilder().put("b", 2).build());
        assertThat(UntypedObject.of(map)).isEqualTo(object).hasSameHashCodeAs(object);
    }

    @Test
    void parameters_fieldsAreReadByName() {
        Object read = SCHEMAS.method("com.example.find").parameters().fromJson("{\"q\":\"a\",\"more\":1}");

        assertThat(read).isInstanceOfSatisfying(UntypedObject.class, parameters -> {
            assertThat(parameters.field("q")).isEqualTo(LexValue.of("a"));
            assertThat(parameters.field("limit")).isNull();
            assertThat(parameters.unknownFields()).containsOnlyKeys("more");
            assertThat(parameters.toBuilder().build()).isEqualTo(parameters);
        });
    }

    private static String note(String fields) {
        return "{\"$type\":\"com.example.note\",\"text\":\"a\"," + fields + "}";
    }

    private static void assertValid(String ref, String json) {
        assertValid(SCHEMAS.codec(ref), json);
    }

    private static void assertValid(Codec<LexValue> codec, String json) {
        LexValue value = LexValue.parseJson(json);
        assertThat(codec.fromJson(json)).isEqualTo(value);
        assertThat(codec.fromValue(value)).isEqualTo(value);
    }

    private static void assertInvalid(String json, String rule, String path) {
        assertThat(SCHEMAS.validateJson("com.example.note", json.getBytes(UTF_8), ReadOptions.STRICT))
                .as(json)
                .isInstanceOfSatisfying(ValidationResult.Invalid.class, invalid -> {
                    assertThat(invalid.rule()).as(json).isEqualTo(rule);
                    assertThat(invalid.path()).as(json).isEqualTo(path);
                    assertThat(invalid.message()).as(json).contains(" at " + path);
                });
    }

    private static RuntimeSchemas schemas(LexiconDocument... documents) {
        return RuntimeSchemas.of(LexiconDocuments.of(List.of(documents)));
    }

    private static LexiconDocument document(String nsid, String defs) {
        String json = "{\"lexicon\": 1, \"id\": \"" + nsid + "\", \"defs\": {" + defs + "}}";
        return LexiconDocument.parse(json.getBytes(UTF_8));
    }

    @Test
    void parameters_areWrittenWithUnknownFields() {
        for (ReadOptions reading : List.of(ReadOptions.STRICT, ReadOptions.LENIENT)) {
            LexValue value = LexValue.parseJson("{\"more\":1,\"q\":\"a\",\"limit\":3}");

            assertThat(written(SCHEMAS.method("com.example.find").parameters(), value, reading))
                    .isEqualTo(value);
        }
    }

    @Test
    void lenient_duplicateNull_keepsTheValue() {
        Object read = SCHEMAS.method("com.example.find")
                .parameters()
                .fromJson("{\"q\":\"a\",\"q\":null,\"more\":1,\"more\":null}".getBytes(UTF_8), ReadOptions.LENIENT);

        assertThat(((UntypedObject) read).map()).isEqualTo(LexValue.parseJson("{\"q\":\"a\",\"more\":null}"));
    }

    private static <T> LexValue written(Codec<T> codec, LexValue value, ReadOptions reading) {
        T object = codec.fromValue(value, reading);
        byte[] cbor = LexWriter.toCbor(writer -> codec.write(writer, object));
        assertThat(LexValue.parseCbor(cbor)).isEqualTo(value);
        return LexValue.parseJson(codec.toJson(object), ReadOptions.STRICT);
    }
}
