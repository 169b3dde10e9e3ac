package dev.atlex.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import dev.atlex.schema.document.InvalidLexiconsException;
import dev.atlex.schema.document.LexiconProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a broken document from a third party neither hides other problems nor blocks other documents. */
class BrokenDocumentsTest {
    /** Kinds of broken documents that were found among those of 69 authorities, with the expected messages. */
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "outputArray",
            List.of("""
                    "main":{"type":"query","output":{"encoding":"application/json","schema":{"type":"array","items":{"type":"string"}}}}""", "$.defs.main.output.schema.type: expected object, ref or union, got \"array\""),
            "topUnknown",
            List.of("""
                    "main":{"type":"unknown"}""", "$.defs.main.type: expected a type that a definition can have, got \"unknown\""),
            "noKey",
            List.of("""
                    "main":{"type":"record","record":{"type":"object","properties":{}}}""", "$.defs.main.key: expected a string, got nothing"),
            "noProperties",
            List.of("""
                    "main":{"type":"procedure","input":{"encoding":"application/json","schema":{"type":"object"}}}""", "$.defs.main.input.schema.properties: expected an object, got nothing"),
            "required",
            List.of("""
                    "main":{"type":"object","required":["a","b"],"properties":{"a":{"type":"string"}}}""", "$.defs.main.required[1]: expected the name of a property, got \"b\""),
            "refGone",
            List.of("""
                    "main":{"type":"object","properties":{"x":{"type":"ref","ref":"com.nowhere.thing"}}}""", "com.example.refGone.x: unresolved reference \"com.nowhere.thing\": document not found"),
            "refLost",
            List.of(
                    """
                    "main":{"type":"object","properties":{"x":{"type":"array","items":{"type":"ref","ref":"com.example.good#b"}}}}""",
                    "com.example.refLost.x[]: unresolved reference \"com.example.good#b\": not defined in com.example.good"),
            "unionGone",
            List.of("""
                    "main":{"type":"object","properties":{"x":{"type":"union","closed":true,"refs":["com.nowhere.thing","com.example.good"]}}}""", "com.example.unionGone.x: unresolved reference \"com.nowhere.thing\": document not found"),
            "unionText",
            List.of(
                    """
                    "main":{"type":"object","properties":{"x":{"type":"union","refs":["#t"]}}},"t":{"type":"string"}""",
                    "com.example.unionText.x: \"com.example.unionText#t\" is not an object, so it can't be in a union"),
            "dollar",
            List.of("""
                    "main":{"type":"object","properties":{"$x":{"type":"string"}}}""", "com.example.dollar.$x: names that begin with \"$\" are reserved for the protocol")));

    @TempDir
    Path folder;

    private Path lexicons;

    @BeforeEach
    void writeGoodDocuments() throws IOException {
        lexicons = Files.createDirectories(folder.resolve("lexicons"));
        document("good", """
                "main":{"type":"object","properties":{"text":{"type":"string"}}}""");
        document("empty", "");
        document("tokens", """
                "main":{"type":"object","properties":{
                  "state":{"type":"union","refs":["#open","#closed"]},
                  "strict":{"type":"union","closed":true,"refs":["#open"]},
                  "mixed":{"type":"array","items":{"type":"union","closed":true,"refs":["#open","com.example.good"]}},
                  "file":{"type":"blob","accept":[]}}},
                "open":{"type":"token"},"closed":{"type":"token"}""");
    }

    private Path document(String name, String defs) throws IOException {
        return Files.writeString(
                lexicons.resolve(name + ".json"),
                "{\"lexicon\":1,\"id\":\"com.example." + name + "\",\"defs\":{" + defs + "}}");
    }

    private void writeBrokenDocuments() throws IOException {
        for (Map.Entry<String, List<String>> kind : KINDS.entrySet()) {
            document(kind.getKey(), kind.getValue().get(0));
        }
        Files.writeString(lexicons.resolve("notJson.json"), "{\"lexicon\":1,\"id\":\"com.example.notJson\",");
    }

    private CodeGenerator.Result generate(Consumer<CodegenOptions.Builder> options) {
        return new CodeGenerator(CodegenOptions.of(o -> {
                    o.lexicons(lexicons).output(folder.resolve("sources"));
                    options.accept(o);
                }))
                .generate();
    }

    private static List<String> relative(List<LexiconProblem> problems) {
        return problems.stream()
                .map(problem ->
                        Path.of(problem.file()).getFileName() + ": " + problem.path() + ": " + problem.message())
                .toList();
    }

    @Test
    void allProblemsOfAllDocumentsAreReported() throws IOException {
        writeBrokenDocuments();

        assertThatThrownBy(() -> generate(o -> {})).isInstanceOfSatisfying(CodegenException.class, e -> {
            assertThat(relative(e.problems()))
                    .isSorted()
                    .hasSize(KINDS.size() + 1)
                    .containsAll(KINDS.entrySet().stream()
                            .map(kind ->
                                    kind.getKey() + ".json: " + kind.getValue().get(1))
                            .toList())
                    .anyMatch(problem -> problem.startsWith("notJson.json: $"));
            assertThat(String.valueOf(e.getMessage()).lines())
                    .containsExactlyElementsOf(
                            e.problems().stream().map(LexiconProblem::toString).toList());
        });
        assertThat(folder.resolve("sources")).doesNotExist();
    }

    @Test
    void oneDocumentCanHaveSeveralProblems() throws IOException {
        document("a", """
                "main":{"type":"object","properties":{
                  "x":{"type":"ref","ref":"#gone"},"y":{"type":"union","refs":["#lost","com.nowhere.thing"]}}},
                "q":{"type":"object","properties":{"$z":{"type":"string"}}}""");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOfSatisfying(
                        CodegenException.class,
                        e -> assertThat(e.problems())
                                .extracting(LexiconProblem::path)
                                .containsExactly(
                                        "com.example.a#q.$z", "com.example.a.x", "com.example.a.y", "com.example.a.y"));
    }

    @Test
    void invalidDocumentsAreReportedTogether() throws IOException {
        Files.writeString(lexicons.resolve("one.json"), "[]");
        Files.writeString(lexicons.resolve("two.json"), "");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .isInstanceOfSatisfying(
                        InvalidLexiconsException.class,
                        e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void referencesToABrokenDocumentAreNotReported() throws IOException {
        document("user", """
                "main":{"type":"object","properties":{"x":{"type":"ref","ref":"com.example.broken"}}}""");
        document("broken", """
                "main":{"type":"objct"}""");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContainingAll("broken.json: $.defs.main.type", "objct");
    }

    @Test
    void excludedDocumentsMayBeBroken() throws IOException {
        writeBrokenDocuments();
        Files.createDirectories(lexicons.resolve("com/example/deep"));
        Files.writeString(lexicons.resolve("com/example/deep/text.json"), "no JSON");
        Files.writeString(lexicons.resolve("com.example.dotted.json"), "\0\u00ff");
        Files.writeString(lexicons.resolve("nameless.json"), "}");
        Files.write(lexicons.resolve("truncated.json"), new byte[] {'"', (byte) 0xff});
        document("twice", "");
        Files.copy(lexicons.resolve("twice.json"), lexicons.resolve("twice2.json"));

        CodeGenerator.Result result = generate(o -> o.exclude(KINDS.keySet().stream()
                        .map(name -> "com.example." + name)
                        .collect(Collectors.toList()))
                .exclude(List.of(
                        "com.example.notJson",
                        "com.example.deep.*",
                        "com.example.dotted",
                        "nameless.json",
                        "truncated.json",
                        "com.example.twice")));

        assertThat(result.documents()).isEqualTo(3);
        assertThat(result.problems()).isEmpty();
        assertThat(folder.resolve("sources/com/example/Good.java")).exists();
    }

    @Test
    void documentsNotIncludedMayBeBroken() throws IOException {
        writeBrokenDocuments();

        assertThat(generate(o -> o.include(List.of("com.example.good", "com.example.tokens")))
                        .documents())
                .isEqualTo(2);
    }

    @Test
    void referenceToExcludedBrokenDocumentReportsItsProblem() throws IOException {
        document("broken", """
                "main":{"type":"objct"}""");
        document("user", """
                "main":{"type":"object","properties":{"x":{"type":"ref","ref":"com.example.broken"}}}""");

        assertThatThrownBy(() -> generate(o -> o.exclude(List.of("com.example.broken"))))
                .isInstanceOf(CodegenException.class)
                .hasMessageContainingAll(
                        "user.json: com.example.user.x: unresolved reference \"com.example.broken\": invalid document",
                        "broken.json: $.defs.main.type");
    }

    @Test
    void excludedDocumentMayHaveAnotherDocumentsClass() throws IOException {
        document("gOOD", "\"main\":{\"type\":\"object\",\"properties\":{}}");

        assertThatThrownBy(() -> generate(o -> {})).hasMessageContaining("would have the same class");
        assertThat(generate(o -> o.ignoreErrors(true)).documents()).isEqualTo(3);
        assertThat(generate(o -> o.exclude(List.of("com.example.good"))).documents())
                .isEqualTo(3);
    }

    @Test
    void ignoreErrors_generatesSourcesThatCompile() throws IOException {
        writeBrokenDocuments();
        document("list", """
                "main":{"type":"array","items":{"type":"ref","ref":"#main"}}""");
        document("user", """
                "main":{"type":"procedure",
                  "input":{"encoding":"application/json","schema":{"type":"ref","ref":"com.example.noKey"}},
                  "output":{"encoding":"application/json","schema":{"type":"object","required":["a"],"properties":{
                    "a":{"type":"ref","ref":"com.example.dollar"},
                    "b":{"type":"array","items":{"type":"ref","ref":"com.example.notJson#x"}},
                    "c":{"type":"union","closed":true,"refs":["com.example.topUnknown"]},
                    "d":{"type":"ref","ref":"com.example.list"},
                    "e":{"type":"ref","ref":"com.example.outputArray"}}}}}""");

        CodeGenerator.Result result = generate(o -> o.ignoreErrors(true));
        CodeGenerator.Result again = generate(o -> o.ignoreErrors(true));

        assertThat(again.problems()).isEqualTo(result.problems());
        assertThat(again.written()).isZero();
        assertThat(relative(result.problems()))
                .isSorted()
                .containsAll(KINDS.entrySet().stream()
                        .map(kind -> kind.getKey() + ".json: " + kind.getValue().get(1))
                        .toList())
                .anyMatch(problem -> problem.startsWith("user.json: com.example.user output.a: unresolved reference"))
                .anyMatch(problem -> problem.startsWith("user.json: com.example.user input: unresolved reference"));
        Path sources = folder.resolve("sources/com/example");
        assertThat(sources.resolve("Good.java")).exists();
        assertThat(sources.resolve("RefGone.java")).exists();
        assertThat(sources.resolve("Dollar.java")).doesNotExist();
        assertThat(sources.resolve("NoKey.java")).doesNotExist();
        Hazards.compile(folder.resolve("sources"), folder.resolve("classes"));
    }

    @Test
    void ignoreErrors_withoutErrors_changesNothing() {
        CodeGenerator.Result strict = generate(o -> {});
        CodeGenerator.Result lenient = generate(o -> o.ignoreErrors(true));

        assertThat(lenient.problems()).isEmpty();
        assertThat(lenient.types()).isEqualTo(strict.types());
        assertThat(lenient.written()).isZero();
    }

    @Test
    void unresolvedReference_acceptsAnyValue() throws IOException {
        document("refGone", KINDS.get("refGone").get(0));
        document("unionGone", KINDS.get("unionGone").get(0));
        generate(o -> o.ignoreErrors(true));
        Path classes = folder.resolve("classes");
        Hazards.compile(folder.resolve("sources"), classes);

        try (Hazards java = Hazards.of(classes)) {
            for (String value : List.of("1", "\"text\"", "[true]", "{\"a\":{}}")) {
                java.roundTrip("com.example.RefGone", "{\"x\":" + value + "}");
            }
            java.roundTrip("com.example.UnionGone", "{\"x\":{\"$type\":\"com.nowhere.thing\",\"a\":1}}");
            java.roundTrip("com.example.UnionGone", "{\"x\":{\"$type\":\"com.example.good\",\"text\":\"a\"}}");
        }
    }

    @Test
    void tokenInUnion_isReadAsUnknownVariant() throws IOException {
        try (Hazards java = Hazards.compiled(lexicons, folder)) {
            java.roundTrip("com.example.Tokens", "{\"state\":{\"$type\":\"com.example.tokens#open\"}}");
            java.roundTrip("com.example.Tokens", "{\"mixed\":[{\"$type\":\"com.example.good\",\"text\":\"a\"}]}");
            for (String invalid : List.of(
                    "{\"state\":\"com.example.tokens#open\"}",
                    "{\"strict\":{\"$type\":\"com.example.tokens#open\"}}",
                    "{\"mixed\":[{\"$type\":\"com.example.tokens#open\"}]}")) {
                assertThatThrownBy(() -> java.read("com.example.Tokens", invalid))
                        .as(invalid)
                        .isInstanceOf(dev.atlex.data.LexException.class);
            }
        }
    }
}
