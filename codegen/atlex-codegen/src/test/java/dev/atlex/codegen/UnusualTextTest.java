package dev.atlex.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that Java code generated from any text and any name compiles and preserves the text. */
class UnusualTextTest {
    private static final String LONG = "é\u2028".repeat(20_000);

    static final List<String> TEXTS = List.of(
            "a\u2028b",
            "\u2029",
            "\u0085",
            "a\rb",
            "a\r\nb",
            "line\nline",
            "\n",
            "\f",
            "\u000b",
            "\0",
            "\u0001\u001b[31m\u007f",
            "",
            " ",
            "  two  ",
            "\\u002a/ class X",
            "\\\\u002a/",
            "\\",
            "\\n",
            "*/",
            "**/",
            "*\0/",
            "*\u2028/",
            "/*",
            "//",
            "/",
            "*",
            "\"",
            "\"\"\"",
            "'",
            "$",
            "$L",
            "$T $S $N $W $Z $$ $> $[ $]",
            "${x}",
            "%s %n",
            "\ud83d",
            "\ude00",
            "a\ude00\ud83d",
            "\ud83d\ude00",
            "\u202eevil\u2066",
            "\ufeff",
            "\uffff",
            "\u200b",
            "{@code",
            "{@link X}",
            "}",
            "{",
            "@param x",
            "@deprecated",
            "<script>",
            "</code>",
            "&amp;",
            "日本語",
            "é",
            "C:\\é \\\\é \\\ud83d\ude00",
            "x.ANY",
            "x ".repeat(200),
            LONG);

    static final List<String> NAMES = List.of(
            "日本",
            "本日",
            "é",
            "è",
            "123",
            "1a",
            "_",
            "__",
            "-",
            "--",
            " ",
            "\ud83d\ude00",
            "\u2028",
            "a\u2028b",
            "\0",
            "a\"b",
            "a\\b",
            "\\u002a/",
            "*/",
            "a$b",
            "a$Lb",
            "{@code",
            "a-b",
            "aB",
            "a_b",
            "AB",
            "ab",
            "a.b",
            "a/b",
            "record",
            "var",
            "yield",
            "sealed",
            "permits",
            "non-sealed",
            "when",
            "module",
            "open",
            "class",
            "int",
            "null",
            "true",
            "this",
            "super",
            "goto",
            "enum",
            "assert",
            "strictfp",
            "getClass",
            "hashCode",
            "equals",
            "toString",
            "wait",
            "notify",
            "notifyAll",
            "clone",
            "finalize",
            "main",
            "reader",
            "writer",
            "extra",
            "codec",
            "field",
            "fields",
            "fieldValues",
            "value",
            "values",
            "type",
            "name",
            "names",
            "builder",
            "build",
            "toBuilder",
            "newBuilder",
            "of",
            "from",
            "read",
            "write",
            "readFields",
            "writeFields",
            "readVariant",
            "keep",
            "kept",
            "keepNull",
            "required",
            "missing",
            "explicitNull",
            "isGivenAsNull",
            "unknown",
            "unknownField",
            "unknownFields",
            "toJson",
            "toCbor",
            "CODEC",
            "TYPE",
            "RECORD",
            "NSID",
            "Builder",
            "Codec",
            "Unknown",
            "String",
            "Long",
            "Boolean",
            "Object",
            "Override",
            "List",
            "Class",
            "Record",
            "Enum",
            "Void",
            "Iterable",
            "Deprecated",
            "SuppressWarnings",
            "Nullable",
            "LexMap",
            "LexObject",
            "ObjectCodec",
            "ObjectSchema",
            "ObjectBuilder",
            "Buildable",
            "LexReader",
            "LexWriter",
            "StringRule",
            "UnionCodec",
            "Typing",
            "java",
            "dev",
            "org",
            "com",
            "n".repeat(300),
            "n".repeat(300) + "2");

    @TempDir
    Path folder;

    @Test
    void constants_defaults_allowedValues_acceptAnyText() throws IOException {
        LexMap.Builder properties = LexMap.builder();
        for (int i = 0; i < TEXTS.size(); i++) {
            LexMap.Builder string = LexMap.builder().put("type", "string").put("description", TEXTS.get(i));
            properties.put("const" + i, string.put("const", TEXTS.get(i)).build());
            properties.put(
                    "default" + i,
                    LexMap.builder()
                            .put("type", "string")
                            .put("default", TEXTS.get(i))
                            .build());
            properties.put("enum" + i, strings("enum", List.of(TEXTS.get(i), "other")));
        }
        properties.put("known", strings("knownValues", TEXTS));
        properties.put(
                "many",
                strings("enum", IntStream.range(0, 900).mapToObj(i -> "v" + i).toList()));
        properties.put(
                "manyKnown",
                strings(
                        "knownValues",
                        IntStream.range(0, 900).mapToObj(i -> "v-" + i).toList()));
        LexMap main = LexMap.builder()
                .put("type", "object")
                .put("description", String.join(" | ", TEXTS))
                .put("properties", properties.build())
                .build();
        document("com.example.text", LexMap.builder().put("main", main).build());

        try (Hazards java = Hazards.compiled(folder.resolve("lexicons"), folder)) {
            for (int i = 0; i < TEXTS.size(); i++) {
                LexMap value = LexMap.builder()
                        .put("const" + i, TEXTS.get(i))
                        .put("enum" + i, TEXTS.get(i))
                        .build();
                Object read = java.read("com.example.Text", value.toJson());
                assertThat(Hazards.call(read, "const" + i)).isEqualTo(TEXTS.get(i));
                assertThat(Hazards.call(read, "default" + i)).isEqualTo(TEXTS.get(i));
            }
        }
    }

    private static LexMap strings(String keyword, List<String> values) {
        return LexMap.builder()
                .put("type", "string")
                .put(keyword, LexValue.of(values.stream().map(LexValue::of).toList()))
                .build();
    }

    @Test
    void properties_definitions_acceptAnyName() throws IOException {
        LexMap.Builder properties = LexMap.builder();
        LexMap.Builder more = LexMap.builder();
        LexMap.Builder defs = LexMap.builder();
        LexMap string =
                LexMap.builder().put("type", "string").put("maxLength", 5).build();
        LexMap known = strings("knownValues", NAMES);
        LexMap inner = LexMap.builder()
                .put("type", "object")
                .put("properties", LexMap.builder().put("x", string).build())
                .build();
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            properties.put(name, i % 3 == 0 ? string : i % 3 == 1 ? inner : known);
            more.put(
                    name,
                    i % 2 == 0 ? inner : LexMap.builder().put("type", "integer").build());
            if (isDefinitionName(name) && !name.equals("main")) {
                defs.put(
                        name, i % 3 == 0 ? LexMap.builder().put("type", "token").build() : inner);
            }
        }
        LexMap refs = LexMap.builder()
                .put("type", "union")
                .put(
                        "refs",
                        LexValue.of(IntStream.range(0, NAMES.size())
                                .filter(i -> isDefinitionName(NAMES.get(i))
                                        && !NAMES.get(i).equals("main"))
                                .mapToObj(i -> LexValue.of("#" + NAMES.get(i)))
                                .toList()))
                .build();
        LexMap all = LexMap.builder()
                .put("type", "object")
                .put("required", LexValue.of(NAMES.stream().map(LexValue::of).toList()))
                .put("properties", more.build())
                .build();
        defs.put(
                "main",
                LexMap.builder()
                        .put("type", "object")
                        .put(
                                "properties",
                                properties.put("choice", refs).put("all", all).build())
                        .build());
        document("com.new.class.names", defs.build());
        for (String id : List.of(
                "com.example.record",
                "com.example.var",
                "com.1st.a-b.item",
                "com.example.String",
                "com.example.list",
                "com.example.builder",
                "com.example.override",
                "com.example.codec",
                "com.example.unknown",
                "com.example.json",
                "com.int.null.defs",
                "org.yield.permits.sealed")) {
            document(
                    id,
                    LexMap.builder()
                            .put("main", inner)
                            .put(
                                    "uses",
                                    LexMap.builder()
                                            .put("type", "object")
                                            .put(
                                                    "properties",
                                                    LexMap.builder()
                                                            .put("s", string)
                                                            .put("t", refs("com.new.class.names#String"))
                                                            .build())
                                            .build())
                            .build());
        }

        try (Hazards java = Hazards.compiled(folder.resolve("lexicons"), folder)) {
            assertThat(java.read("com.new_.class_.Names", "{\"日本\":\"x\"}").toString())
                    .contains("日本");
        }
    }

    @Test
    void parameters_errors_messages_acceptAnyName() throws IOException {
        LexMap string = LexMap.builder().put("type", "string").build();
        LexMap.Builder properties = LexMap.builder();
        NAMES.forEach(name -> properties.put(name, string));
        LexMap parameters = LexMap.builder()
                .put("type", "params")
                .put("properties", properties.build())
                .build();
        LexMap body = LexMap.builder()
                .put("encoding", "application/json")
                .put(
                        "schema",
                        LexMap.builder()
                                .put("type", "object")
                                .put("properties", properties.build())
                                .build())
                .build();
        LexValue errors = LexValue.of(NAMES.stream()
                .filter(name -> !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace))
                .map(name -> (LexValue) LexMap.builder()
                        .put("name", name)
                        .put("description", name)
                        .build())
                .toList());
        LexMap.Builder tokens = LexMap.builder();
        NAMES.stream()
                .filter(name -> isDefinitionName(name) && !name.equals("main"))
                .forEach(name -> tokens.put(
                        name,
                        LexMap.builder()
                                .put("type", "token")
                                .put("description", name)
                                .build()));
        LexMap.Builder procedure = LexMap.builder()
                .put("type", "procedure")
                .put("parameters", parameters)
                .put("input", body)
                .put("output", body)
                .put("errors", errors);
        document("com.example.call", tokens.put("main", procedure.build()).build());
        document("java.lang.string", LexMap.builder().put("thing", string).build());
        document(
                "java.util.list",
                LexMap.builder()
                        .put("main", LexMap.builder().put("type", "token").build())
                        .build());

        Hazards.compiled(folder.resolve("lexicons"), folder).close();
    }

    @Test
    void deeplyNestedObjectsCompileOrAreRejected() throws IOException {
        for (int depth : new int[] {10, 200}) {
            LexMap inner = LexMap.builder().put("type", "string").build();
            for (int i = 0; i < depth; i++) {
                inner = LexMap.builder()
                        .put("type", "object")
                        .put("properties", LexMap.builder().put("inner", inner).build())
                        .build();
            }
            document(
                    "com.example.deep" + depth,
                    LexMap.builder().put("main", inner).build());
        }

        assertThatThrownBy(() -> Hazards.compiled(folder.resolve("lexicons"), folder))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("deep200.json: com.example.deep200: objects are nested too deeply");
        Files.delete(folder.resolve("lexicons/com.example.deep200.json"));
        Hazards.compiled(folder.resolve("lexicons"), folder).close();
    }

    private static LexMap refs(String ref) {
        return LexMap.builder().put("type", "ref").put("ref", ref).build();
    }

    private static boolean isDefinitionName(String name) {
        return name.chars().noneMatch(c -> c == '#' || c <= ' ' || c == 0x7f);
    }

    private void document(String id, LexMap defs) throws IOException {
        LexMap json = LexMap.builder()
                .put("lexicon", 1)
                .put("id", id)
                .put("defs", defs)
                .build();
        Path file = folder.resolve("lexicons").resolve(id + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.toJson());
    }
}
