package dev.atlex.schema.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import dev.atlex.syntax.Nsid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents in these tests use single quotes, which {@link #parse} replaces with double quotes. */
class LexiconDocumentTest {
    @Test
    void document_hasIdDescriptionAndDefinitionsInOrder() {
        LexiconDocument document = parse("{'$type': 'com.atproto.lexicon.schema', 'lexicon': 1, 'revision': 3,"
                + " 'id': 'com.example.thing', 'description': 'Things.', 'x-tool': [1], 'defs': {"
                + "'zebra': {'type': 'token', 'description': 'A Z.'}, 'ape': {'type': 'boolean'},"
                + " 'main': {'type': 'object', 'properties': {}}, 'cat': {'type': 'cid-link'}}}");

        assertThat(document.id()).isEqualTo(Nsid.of("com.example.thing"));
        assertThat(document.description()).isEqualTo("Things.");
        assertThat(document.defs().keySet()).containsExactly("zebra", "ape", "main", "cat");
        assertThat(document.def("zebra")).isEqualTo(new TokenDef("A Z."));
        assertThat(document.def("nothing")).isNull();
    }

    @Test
    void concreteTypes_keepTheirConstraints() {
        assertThat(def("{'type': 'boolean', 'default': false, 'description': 'd'}"))
                .isEqualTo(new BooleanDef("d", false, null));
        assertThat(def("{'type': 'boolean', 'const': true}")).isEqualTo(new BooleanDef(null, null, true));
        assertThat(def("{'type': 'integer', 'default': 4, 'minimum': -5, 'maximum': 9, 'enum': [4, 9]}"))
                .isEqualTo(new IntegerDef(null, 4L, null, -5L, 9L, List.of(4L, 9L)));
        assertThat(def("{'type': 'integer', 'const': 9007199254740991}"))
                .isEqualTo(new IntegerDef(null, null, 9007199254740991L, null, null, List.of()));
        assertThat(def("{'type': 'string', 'format': 'at-uri', 'default': 'b', 'minLength': 1, 'maxLength': 2,"
                        + " 'minGraphemes': 3, 'maxGraphemes': 4, 'enum': ['a', 'b'], 'knownValues': ['c']}"))
                .isEqualTo(new StringDef(null, "at-uri", "b", null, 1, 2, 3, 4, List.of("a", "b"), List.of("c")));
        assertThat(def("{'type': 'string', 'const': 'x'}"))
                .isEqualTo(new StringDef(null, null, null, "x", null, null, null, null, List.of(), List.of()));
        assertThat(def("{'type': 'bytes', 'minLength': 0, 'maxLength': 7}")).isEqualTo(new BytesDef(null, 0, 7));
        assertThat(def("{'type': 'cid-link', 'description': 'd'}")).isEqualTo(new CidLinkDef("d"));
        assertThat(def("{'type': 'blob', 'accept': ['image/*', 'video/mp4', '*/*'], 'maxSize': 100000000000}"))
                .isEqualTo(new BlobDef(null, List.of("image/*", "video/mp4", "*/*"), 100_000_000_000L));
    }

    @Test
    void lengthBeyondInt_isClamped() {
        assertThat(def("{'type': 'bytes', 'maxLength': 5000000000}"))
                .isEqualTo(new BytesDef(null, null, Integer.MAX_VALUE));
    }

    @Test
    void object_keepsPropertyOrder() {
        ObjectDef object = (ObjectDef) def("{'type': 'object', 'required': ['b', 'a'], 'nullable': ['c', 'gone'],"
                + " 'properties': {'c': {'type': 'unknown'}, 'b': {'type': 'boolean'}, 'a': {'type': 'blob'}}}");

        assertThat(object.properties().keySet()).containsExactly("c", "b", "a");
        assertThat(object.properties().get("c")).isEqualTo(new UnknownDef(null));
        assertThat(object.required()).containsExactly("b", "a");
        assertThat(object.nullable()).as("only declared properties").containsExactly("c");
    }

    @Test
    void objectsAndArrays_canBeNested() {
        assertThat(field("{'type': 'array', 'minLength': 1, 'maxLength': 3, 'items': {'type': 'array', 'items':"
                        + " {'type': 'object', 'properties': {'a': {'type': 'ref', 'ref': '#demo'}}}}}"))
                .isEqualTo(new ArrayDef(
                        null,
                        new ArrayDef(
                                null,
                                new ObjectDef(
                                        null,
                                        Map.of("a", new RefDef(null, "com.example.thing#demo")),
                                        Set.of(),
                                        Set.of()),
                                null,
                                null),
                        1,
                        3));
    }

    @ParameterizedTest
    @CsvSource({
        "#demo,                      com.example.thing#demo",
        "#main,                      com.example.thing",
        "com.example.other,          com.example.other",
        "com.example.other#main,     com.example.other",
        "com.example.other#mainView, com.example.other#mainView",
    })
    void reference_isExpandedToFullName(String written, String full) {
        assertThat(field("{'type': 'ref', 'ref': '" + written + "', 'description': 'd'}"))
                .isEqualTo(new RefDef("d", full));
    }

    @Test
    void union_duplicateVariants_areMerged() {
        assertThat(field("{'type': 'union', 'refs': ['#b', '#main', 'com.example.thing', '#a', '#b']}"))
                .isEqualTo(new UnionDef(
                        null, List.of("com.example.thing#b", "com.example.thing", "com.example.thing#a"), false));
        assertThat(field("{'type': 'union', 'refs': []}")).isEqualTo(new UnionDef(null, List.of(), false));
        assertThat(field("{'type': 'union', 'refs': ['#a'], 'closed': true}"))
                .isEqualTo(new UnionDef(null, List.of("com.example.thing#a"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tid", "any", "nsid", "literal:self", "literal:a.b:c"})
    void record_keepsKeyType(String key) {
        assertThat(main("{'type': 'record', 'description': 'd', 'key': '" + key
                        + "', 'record': {'type': 'object', 'properties': {}}}"))
                .isEqualTo(new RecordDef("d", key, new ObjectDef(null, Map.of(), Set.of(), Set.of())));
    }

    @Test
    void query_hasParametersOutputAndErrors() {
        QueryDef query = (QueryDef) main("{'type': 'query', 'parameters': {'type': 'params', 'required': ['q'],"
                + " 'properties': {'q': {'type': 'string'}, 'tags': {'type': 'array', 'items': {'type': 'string'}}}},"
                + " 'output': {'encoding': 'application/json', 'description': 'o',"
                + " 'schema': {'type': 'ref', 'ref': '#out'}},"
                + " 'errors': [{'name': 'Gone', 'description': 'g'}, {'name': 'Busy'}, {'name': 'Gone'}]}");

        assertThat(Objects.requireNonNull(query.parameters()).properties().keySet())
                .containsExactly("q", "tags");
        assertThat(Objects.requireNonNull(query.parameters()).required()).containsExactly("q");
        assertThat(query.output())
                .isEqualTo(new Body("o", "application/json", new RefDef(null, "com.example.thing#out")));
        assertThat(query.errors()).containsExactly(new MethodError("Gone", "g"), new MethodError("Busy", null));
    }

    @Test
    void procedure_hasInputAndOutput() {
        assertThat(main("{'type': 'procedure', 'input': {'encoding': '*/*'}, 'output': {'encoding': 'text/plain'}}"))
                .isEqualTo(new ProcedureDef(
                        null, null, new Body(null, "*/*", null), new Body(null, "text/plain", null), List.of()));
    }

    @Test
    void subscription_hasMessageUnion() {
        assertThat(main("{'type': 'subscription'," + " 'message': {'schema': {'type': 'union', 'refs': ['#a']}}}"))
                .isEqualTo(new SubscriptionDef(
                        null,
                        null,
                        new UnionDef(null, List.of("com.example.thing#a"), false),
                        List.of(),
                        "xrpc.v0.cbor"));
    }

    @Test
    void subscription_mayDeclareSubprotocol() {
        assertThat(main("{'type': 'subscription', 'subprotocol': 'xrpc.v1.json',"
                        + " 'message': {'schema': {'type': 'union', 'refs': ['#a']}}}"))
                .extracting(definition -> ((SubscriptionDef) definition).subprotocol())
                .isEqualTo("xrpc.v1.json");
    }

    @Test
    void permissionSet_isKeptAsWritten() {
        PermissionSetDef set = (PermissionSetDef) main("{'type': 'permission-set', 'title:lang': {'fr': 'Le'},"
                + " 'permissions': [{'type': 'permission', 'resource': 'repo', 'collection': ['com.example.a'],"
                + " 'new': true, 'limit': 3}]}");

        assertThat(set.source().toJson()).contains("\"collection\":[\"com.example.a\"]");
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'string', 'maxLength': 'ten'}       | .maxLength     | expected a non-negative integer, got string",
                "{'type': 'string', 'maxLength': -1}          | .maxLength     | expected a non-negative integer, got -1",
                "{'type': 'string', 'maxLength': null}        | .maxLength     | expected a non-negative integer, got null",
                "{'type': 'string', 'minLength': 3, 'maxLength': 2} | .minLength | expected at most the maxLength of 2, got 3",
                "{'type': 'string', 'minGraphemes': 3, 'maxGraphemes': 2} | .minGraphemes | expected at most the maxGraphemes of 2, got 3",
                "{'type': 'string', 'format': 'email'}        | .format        | expected the name of a string format, got \"email\"",
                "{'type': 'string', 'enum': ['a', 1]}         | .enum[1]       | expected a string, got integer",
                "{'type': 'string', 'enum': []}               | .enum          | expected at least one value, got an empty array",
                "{'type': 'string', 'enum': ['a'], 'default': 'b'} | .default  | expected one of the enum, got \"b\"",
                "{'type': 'string', 'knownValues': 'a'}       | .knownValues   | expected an array, got string",
                "{'type': 'string', 'const': 'a', 'default': 'a'} |            | both a const and a default, which are mutually exclusive",
                "{'type': 'string', 'description': 5}         | .description   | expected a string, got integer",
                "{'type': 'boolean', 'const': 'true'}         | .const         | expected a boolean, got string",
                "{'type': 'integer', 'enum': ['1']}           | .enum[0]       | expected an integer, got string",
                "{'type': 'integer', 'minimum': 2, 'maximum': 1} | .minimum    | expected at most the maximum of 1, got 2",
                "{'type': 'integer', 'maximum': 1, 'default': 2} | .default    | expected a value from minimum to maximum, got 2",
                "{'type': 'integer', 'minimum': 3, 'default': 2} | .default    | expected a value from minimum to maximum, got 2",
                "{'type': 'integer', 'enum': [1], 'default': 2} | .default     | expected one of the enum, got 2",
                "{'type': 'bytes', 'minLength': 2, 'maxLength': 1} | .minLength | expected at most the maxLength of 1, got 2",
                "{'type': 'blob', 'maxSize': true}            | .maxSize       | expected a non-negative integer, got boolean",
                "{'type': 'blob', 'accept': ['image/*', '*']} | .accept[1]     | expected a media type, \"type/*\" or \"*/*\", got \"*\"",
                "{'type': 'blob', 'accept': ['text/ht*']}     | .accept[0]     | expected a media type, \"type/*\" or \"*/*\", got \"text/ht*\"",
                "{'type': 'blob', 'accept': ['*/png']}        | .accept[0]     | expected a media type, \"type/*\" or \"*/*\", got \"*/png\"",
                "{'type': 'array'}                            | .items         | expected an object, got nothing",
                "{'type': 'array', 'items': {'type': 'token'}} | .items.type   | expected the type of a field, got \"token\"",
                "{'type': 'array', 'items': {'type': 'blob'}, 'minLength': 2, 'maxLength': 1} | .minLength | expected at most the maxLength of 1, got 2",
                "{'type': 'object'}                           | .properties    | expected an object, got nothing",
                "{'type': 'object', 'properties': {}, 'required': ['a']} | .required[0] | expected the name of a property, got \"a\"",
                "{'type': 'ref'}                              | .ref           | expected a string, got nothing",
                "{'type': 'ref', 'ref': 'post'}               | .ref           | expected a reference such as \"#name\" or \"com.example.defs#name\", got \"post\"",
                "{'type': 'ref', 'ref': 'com.example.defs#'}  | .ref           | expected a reference such as \"#name\" or \"com.example.defs#name\", got \"com.example.defs#\"",
                "{'type': 'ref', 'ref': '#a#b'}               | .ref           | expected a reference such as \"#name\" or \"com.example.defs#name\", got \"#a#b\"",
                "{'type': 'union'}                            | .refs          | expected an array, got nothing",
                "{'type': 'union', 'refs': ['#a', 'x y']}     | .refs[1]       | expected a reference such as \"#name\" or \"com.example.defs#name\", got \"x y\"",
                "{'type': 'union', 'refs': [], 'closed': true} | .refs         | a closed union without variants, which no value matches",
                "{'type': 'params', 'properties': {}}         | .type          | expected the type of a field, got \"params\"",
                "{'type': 'record'}                           | .type          | expected the type of a field, got \"record\"",
                "{'description': 'of no type'}                | .type          | expected a string, got nothing",
                "'string'                                     |                | expected an object, got string",
            },
            quoteCharacter = '~')
    void invalidField_isReportedWithPath(String field, @Nullable String path, String reason) {
        assertInvalid(
                document("'main': {'type': 'record', 'key': 'tid', 'record': {'type': 'object', 'properties': {'text': "
                        + field + "}}}"),
                "$.defs.main.record.properties.text" + (path == null ? "" : path),
                reason);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'a': {'type': 'query'}              | $.defs.a.type      | a query must be named main; move it to its own document",
                "'a': {'type': 'union', 'refs': []}  | $.defs.a.type      | expected a type that a definition can have, got \"union\"",
                "'a': {'type': 'params', 'properties': {}} | $.defs.a.type | expected a type that a definition can have, got \"params\"",
                "'main': {'type': 'strnig'}          | $.defs.main.type   | expected a type that a definition can have, got \"strnig\"",
                "'#a': {'type': 'token'}             | $.defs             | expected a definition name without \"#\" or whitespace, got \"#a\"",
                "'': {'type': 'token'}               | $.defs             | expected a definition name without \"#\" or whitespace, got \"\"",
                "'a': 1                              | $.defs.a           | expected an object, got integer",
                "'main': {'type': 'record', 'record': {}} | $.defs.main.key | expected a string, got nothing",
                "'main': {'type': 'record', 'key': 'literal:'} | $.defs.main.key | expected \"any\", \"nsid\", \"tid\" or \"literal:\" and a record key, got \"literal:\"",
                "'main': {'type': 'record', 'key': 'self'} | $.defs.main.key | expected \"any\", \"nsid\", \"tid\" or \"literal:\" and a record key, got \"self\"",
                "'main': {'type': 'record', 'key': 'tid'} | $.defs.main.record | expected an object, got nothing",
                "'main': {'type': 'record', 'key': 'tid', 'record': {'type': 'ref', 'ref': '#a'}} | $.defs.main.record.type | expected \"object\", got \"ref\"",
                "'main': {'type': 'query', 'parameters': {'type': 'object', 'properties': {}}} | $.defs.main.parameters.type | expected \"params\", got \"object\"",
                "'main': {'type': 'query', 'parameters': {'type': 'params', 'properties': {'a': {'type': 'unknown'}}}} | $.defs.main.parameters.properties.a.type | expected boolean, integer, string or array, got \"unknown\"",
                "'main': {'type': 'query', 'parameters': {'type': 'params', 'properties': {'a': {'type': 'array', 'items': {'type': 'bytes'}}}}} | $.defs.main.parameters.properties.a.items.type | expected boolean, integer or string, got \"bytes\"",
                "'main': {'type': 'query', 'parameters': {'type': 'params', 'properties': {}, 'required': ['a']}} | $.defs.main.parameters.required[0] | expected the name of a property, got \"a\"",
                "'main': {'type': 'query', 'output': {}} | $.defs.main.output.encoding | expected a string, got nothing",
                "'main': {'type': 'query', 'output': {'encoding': 'a/b, c/d'}} | $.defs.main.output.encoding | expected one media type without parameters, got \"a/b, c/d\"",
                "'main': {'type': 'query', 'output': {'encoding': 'a/b;q=1'}} | $.defs.main.output.encoding | expected one media type without parameters, got \"a/b;q=1\"",
                "'main': {'type': 'procedure', 'input': {'encoding': 'a/b', 'schema': {'type': 'string'}}} | $.defs.main.input.schema.type | expected object, ref or union, got \"string\"",
                "'main': {'type': 'query', 'errors': [{'name': 'A'}, {'name': 'B C'}]} | $.defs.main.errors[1].name | expected a name without whitespace, got \"B C\"",
                "'main': {'type': 'query', 'errors': ['A']} | $.defs.main.errors[0] | expected an object, got string",
                "'main': {'type': 'subscription'}    | $.defs.main.message | expected an object, got nothing",
                "'main': {'type': 'subscription', 'message': {'schema': {'type': 'object', 'properties': {}}}} | $.defs.main.message.schema.type | expected \"union\", got \"object\"",
                "'main': {'type': 'subscription', 'subprotocol': 'a b', 'message': {'schema': {'type': 'union', 'refs': []}}} | $.defs.main.subprotocol | expected one token without whitespace, such as xrpc.v1.json, got \"a b\"",
                "'main': {'type': 'subscription', 'subprotocol': 1, 'message': {'schema': {'type': 'union', 'refs': []}}} | $.defs.main.subprotocol | expected a string, got integer",
                "'main': {'type': 'permission-set'}  | $.defs.main.permissions | expected an array, got nothing",
                "'main': {'type': 'permission-set', 'permissions': [{'type': 'permission'}]} | $.defs.main.permissions[0].resource | expected a string, got nothing",
                "'main': {'type': 'permission-set', 'permissions': [{'type': 'permission', 'resource': ''}]} | $.defs.main.permissions[0].resource | expected the name of a resource, got \"\"",
                "'main': {'type': 'permission-set', 'permissions': [{'type': 'permission', 'resource': 'a', 'b': {}}]} | $.defs.main.permissions[0].b | expected a boolean, integer, string or array of these, got object",
                "'main': {'type': 'permission-set', 'permissions': [{'type': 'permission', 'resource': 'a', 'b': [1, []]}]} | $.defs.main.permissions[0].b[1] | expected a boolean, integer or string, got array",
                "'main': {'type': 'permission-set', 'permissions': [], 'title:lang': {'12': 'a'}} | $.defs.main.title:lang | expected language tags as keys, got \"12\"",
                "'main': {'type': 'permission-set', 'permissions': [], 'detail:lang': {'de': 1}} | $.defs.main.detail:lang.de | expected a string, got integer",
            },
            quoteCharacter = '~')
    void invalidDefinition_isReportedWithPath(String defs, String path, String reason) {
        assertInvalid(document(defs), path, reason);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                  | $         | expected an object, got array",
                "{'id': 'com.example.thing', 'defs': {}}             | $.lexicon | expected the integer 1, got nothing",
                "{'lexicon': 2, 'id': 'com.example.thing'}           | $.lexicon | expected Lexicon version 1, got 2",
                "{'lexicon': 1, 'defs': {}}                          | $.id      | expected a string, got nothing",
                "{'lexicon': 1, 'id': 'com.example.thing#main'}      | $.id      | expected an NSID, got \"com.example.thing#main\"",
                "{'lexicon': 1, 'id': 'com.example.thing'}           | $.defs    | expected an object, got nothing",
                "{'lexicon': 1, 'id': 'com.example.thing', 'defs': null} | $.defs | expected an object, got null",
                "{'$type': 'com.example.thing', 'lexicon': 1}        | $.$type   | expected \"com.atproto.lexicon.schema\", got \"com.example.thing\"",
                "{'lexicon': 1, 'id': 'com.example.thing', 'revision': '1'} | $.revision | expected an integer, got string",
            },
            quoteCharacter = '~')
    void invalidDocument_isReportedWithPath(String document, String path, String reason) {
        assertInvalid(document, path, reason);
    }

    @Test
    void emptyDefs_isValid() {
        assertThat(parse(document("")).defs()).isEmpty();
    }

    @Test
    void blob_emptyAccept_acceptsAll() {
        assertThat(field("{'type': 'blob', 'accept': []}")).isEqualTo(new BlobDef(null, List.of(), null));
        assertThat(def("{'type': 'blob', 'accept': [], 'maxSize': 5}")).isEqualTo(new BlobDef(null, List.of(), 5L));
    }

    @Test
    void parse_severalProblems_reportsAll() {
        List<String> problems = new ArrayList<>();
        String json = "{'$type': 'com.example.thing', 'lexicon': 2, 'id': 'thing', 'description': 1, 'defs': {"
                + "'main': {'type': 'query', 'parameters': {'type': 'object'},"
                + " 'output': {'encoding': 'a/b', 'schema': {'type': 'array'}}, 'errors': [{}]},"
                + "'a': {'type': 'object', 'required': ['c', 'b'], 'properties': {"
                + "'b': {'type': 'strnig'}, 'd': {'type': 'union', 'refs': ['#', 'x', '#a']}}},"
                + "'e': {'type': 'unknown'}, 'f': 'g', 'h#': {'type': 'token'}}}";

        assertThat(LexiconDocument.parse(json.replace('\'', '"').getBytes(UTF_8), e -> problems.add(e.path())))
                .isNull();

        assertThat(problems)
                .containsExactly(
                        "$.$type",
                        "$.lexicon",
                        "$.id",
                        "$.description",
                        "$.defs.main.parameters.type",
                        "$.defs.main.output.schema.type",
                        "$.defs.main.errors[0].name",
                        "$.defs.a.properties.b.type",
                        "$.defs.a.properties.d.refs[0]",
                        "$.defs.a.properties.d.refs[1]",
                        "$.defs.a.required[0]",
                        "$.defs.e.type",
                        "$.defs.f",
                        "$.defs");
    }

    @Test
    void record_missingKeyAndInvalidField_reportsBoth() {
        List<String> problems = new ArrayList<>();
        String json = document("'main': {'type': 'record', 'record': {'type': 'object', 'properties': {'a': 1}}}");

        LexiconDocument.parse(json.replace('\'', '"').getBytes(UTF_8), e -> problems.add(e.getMessage()));

        assertThat(problems)
                .containsExactly(
                        "expected a string, got nothing at $.defs.main.key",
                        "expected an object, got integer at $.defs.main.record.properties.a");
    }

    @Test
    void floatConstraint_isInvalidJson() {
        assertThatThrownBy(() -> parse(document("'main': {'type': 'integer', 'minimum': 0.5}")))
                .isInstanceOfSatisfying(
                        LexDataException.class, e -> assertThat(e.path()).isEqualTo("$.defs.main.minimum"));
    }

    @Test
    void deeplyNestedDefinitions_areParsed() {
        String arrays = "{'type': 'array', 'items': ".repeat(500);

        assertThat(def(arrays + "{'type': 'blob'}" + "}".repeat(500))).isInstanceOf(ArrayDef.class);
    }

    private static void assertInvalid(String document, String path, String reason) {
        assertThatThrownBy(() -> parse(document)).isInstanceOfSatisfying(LexDataException.class, e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    private static Definition field(String json) {
        ObjectDef object = (ObjectDef) def("{'type': 'object', 'properties': {'field': " + json + "}}");
        return Objects.requireNonNull(object.properties().get("field"));
    }

    private static Definition def(String json) {
        return Objects.requireNonNull(parse(document("'demo': " + json)).def("demo"));
    }

    private static Definition main(String json) {
        return Objects.requireNonNull(parse(document("'main': " + json)).def("main"));
    }

    private static String document(String defs) {
        return "{'lexicon': 1, 'id': 'com.example.thing', 'defs': {" + defs + "}}";
    }

    private static LexiconDocument parse(String json) {
        return LexiconDocument.parse(json.replace('\'', '"').getBytes(UTF_8));
    }
}
