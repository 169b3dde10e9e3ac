package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.atlex.schema.document.LexiconProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests prose and deprecations. {@link GoldenTest} shows the Javadoc that is generated from them. */
class ProseTest {
    private static final String NOTE = """
            {"lexicon":1,"id":"com.example.note","defs":{"main":{"type":"object","properties":{
              "text":{"type":"string"},"old":{"type":"string","description":"%s"}}}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeDocument() throws IOException {
        write("lexicons/com/example/note.json", NOTE.formatted("Something."));
        Files.createDirectories(folder.resolve("prose"));
    }

    @Test
    void generatedSourcesCompileWithoutWarnings() throws IOException {
        new CodeGenerator(o -> o.lexicons(Path.of("src/test/prose/lexicons"))
                        .prose(Path.of("src/test/prose/prose"))
                        .deprecations(Path.of("src/test/prose/deprecated.json"))
                        .output(folder.resolve("sources")))
                .generate();

        Hazards.compile(folder.resolve("sources"), folder.resolve("classes"));
    }

    @Test
    void changedProse_isNotUpToDate() throws IOException {
        write("prose/com/example/note.json", "{\"main/text\": \"Words to remember.\"}");
        Consumer<CodegenOptions.Builder> options = o -> o.lexicons(folder.resolve("lexicons"))
                .prose(folder.resolve("prose"))
                .output(folder.resolve("out"));
        new CodeGenerator(CodegenOptions.of(options), "generator").generate();
        assertThat(new CodeGenerator(CodegenOptions.of(options), "generator")
                        .generate()
                        .upToDate())
                .isTrue();

        write("prose/com/example/note.json", "{\"main/text\": \"Words to keep.\"}");

        assertThat(new CodeGenerator(CodegenOptions.of(options), "generator")
                        .generate()
                        .upToDate())
                .isFalse();
        assertThat(source()).contains("/**\n     * Words to keep.\n     *\n     * <p>Optional.\n     */");
    }

    @Nested
    class Problems {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"main/txt": "Words."}  | main/txt: com.example.note has no such definition, property, body or error
                {"other": "Words."}     | other: com.example.note has no such definition, property, body or error
                {"main/text": 1}        | main/text: expected a sentence (got 1)
                {"main/text": " "}      | main/text: expected a sentence (got " ")
                ["main"]                | expected an object
                {"main": "Words."       | $.main: unexpected end of JSON
                """)
        void proseWithoutSubject_errorNamesFileAndKey(String prose, String message) throws IOException {
            Path file = write("prose/com/example/note.json", prose);

            assertThatThrownBy(ProseTest.this::generate)
                    .isInstanceOf(CodegenException.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageContaining(message);
            assertThat(folder.resolve("out")).doesNotExist();
        }

        @Test
        void proseForMissingDocument_errorNamesFile() throws IOException {
            Path file = write("prose/com/example/nite.json", "{\"main\": \"Words.\"}");

            assertThatThrownBy(ProseTest.this::generate).hasMessage(file + ": there is no document com.example.nite");
        }

        @Test
        void proseWithAFlatFileName_isRejected() throws IOException {
            Path file = write("prose/com.example.note.json", "{\"main\": \"Words.\"}");

            assertThatThrownBy(ProseTest.this::generate)
                    .hasMessage(file + ": expected the path of a document, such as com/example/note.json");
        }

        @Test
        void proseForDocumentInDependency_isRejected() throws IOException {
            new CodeGenerator(o -> o.lexicons(folder.resolve("lexicons"))
                            .output(folder.resolve("first"))
                            .resources(folder.resolve("resources")))
                    .generate();
            Files.delete(folder.resolve("lexicons/com/example/note.json"));
            Path file = write("prose/com/example/note.json", "{\"main\": \"Words.\"}");

            assertThatThrownBy(() -> generate(o -> o.dependencies(List.of(folder.resolve("resources")))))
                    .hasMessageStartingWith(file + ": has no effect, because the types of com.example.note come from ");
        }

        @Test
        void missingFolder_isNamed() throws IOException {
            Files.delete(folder.resolve("prose"));

            assertThatThrownBy(ProseTest.this::generate)
                    .hasMessage("folder of prose not found: " + folder.resolve("prose"));
        }

        @Test
        void ignoreErrors_omitsInvalidProse() throws IOException {
            Path file =
                    write("prose/com/example/note.json", "{\"main\": \"Words to keep.\", \"main/txt\": \"Words.\"}");

            CodeGenerator.Result result = generate(o -> o.ignoreErrors(true));

            assertThat(result.problems())
                    .extracting(LexiconProblem::file, LexiconProblem::path)
                    .containsExactly(tuple(file.toString(), "main/txt"));
            assertThat(source()).contains(" * Words to keep.\n");
        }
    }

    @Nested
    class Deprecations {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Deprecated",
                    "deprecated. Use text.",
                    "DEPRECATED -- unused",
                    " Deprecated: use text instead.",
                    "Asks for an update. DEPRECATED: just use text.",
                    "Ends here; DEPRECATED"
                })
        void description_deprecates(String description) throws IOException {
            write("lexicons/com/example/note.json", NOTE.formatted(description));

            generate();

            assertThat(source().split("@Deprecated\n", -1))
                    .as("accessor and setter")
                    .hasSize(3);
            assertThat(source())
                    .contains(
                            "     * @deprecated The lexicon's authors advise against its use.\n     */\n    @Deprecated\n"
                                    + "    public @Nullable String old()");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Whether the note is deprecated.",
                    "Either ACTIVE or DEPRECATED.",
                    "DEPRECATED_REASON of the note",
                    "Deprecatedness",
                    "Notes. Deprecated ones are left out."
                })
        void descriptionThatMentionsDeprecation_doesNotDeprecate(String description) throws IOException {
            write("lexicons/com/example/note.json", NOTE.formatted(description));

            generate();

            assertThat(source()).doesNotContain("@Deprecated");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"documents": {"com.example.nite": ["main"]}}      | com.example.nite: there is no document com.example.nite
                {"documents": {"com.example.note": ["main/txt"]}}  | main/txt: com.example.note has no such definition
                {"documents": {"com.example.note": [1]}}           | com.example.note: expected an array of strings (got [1])
                {"documents": {"com.example.note": {}}}            | com.example.note: expected an array of strings (got {})
                {}                                                 | documents: expected an object
                """)
        void listOfDeprecations_isChecked(String json, String message) throws IOException {
            Path file = write("deprecated.json", json);

            assertThatThrownBy(() -> generate(o -> o.deprecations(file)))
                    .isInstanceOf(CodegenException.class)
                    .hasMessageStartingWith(file + ": " + message);
        }

        @Test
        void missingList_isNamed() {
            Path file = folder.resolve("none.json");

            assertThatThrownBy(() -> generate(o -> o.deprecations(file)))
                    .hasMessageStartingWith(file + ": failed to read: ");
        }
    }

    private CodeGenerator.Result generate() {
        return generate(o -> {});
    }

    private CodeGenerator.Result generate(Consumer<CodegenOptions.Builder> more) {
        return new CodeGenerator(o -> {
                    o.lexicons(folder.resolve("lexicons"))
                            .prose(folder.resolve("prose"))
                            .output(folder.resolve("out"));
                    more.accept(o);
                })
                .generate();
    }

    private String source() throws IOException {
        return Files.readString(folder.resolve("out/com/example/Note.java"), UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, UTF_8);
    }
}
