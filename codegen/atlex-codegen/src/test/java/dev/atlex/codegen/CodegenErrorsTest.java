package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that each error message names the file and the path in it. */
class CodegenErrorsTest {
    @TempDir
    Path folder;

    @Test
    void referenceToMissingDocument() {
        assertFails(
                object("{\"list\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"com.example.gone\"}}}"),
                "com.example.a#thing.list[]: unresolved reference \"com.example.gone\": document not found");
    }

    @Test
    void referenceToMissingDefinition() {
        assertFails(
                object("{\"x\":{\"type\":\"ref\",\"ref\":\"#gone\"}}"),
                "com.example.a#thing.x: unresolved reference \"com.example.a#gone\": not defined in com.example.a");
    }

    @Test
    void referenceToMissingDefinitionInNestedObject() {
        assertFails(
                object("{\"x\":{\"type\":\"object\",\"properties\":{\"y\":{\"type\":\"ref\",\"ref\":\"#gone\"}}}}"),
                "com.example.a#thing.x.y: unresolved reference \"com.example.a#gone\": not defined in com.example.a");
    }

    @Test
    void variantThatIsNotAnObject() {
        assertFails(
                "\"thing\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"union\",\"refs\":[\"#text\"]}}},"
                        + "\"text\":{\"type\":\"string\"}",
                "com.example.a#thing.x: \"com.example.a#text\" is not an object, so it can't be in a union");
    }

    @Test
    void missingVariant() {
        assertFails(
                object("{\"x\":{\"type\":\"union\",\"refs\":[\"com.example.gone#x\"]}}"),
                "com.example.a#thing.x: unresolved reference \"com.example.gone#x\": document not found");
    }

    @Test
    void referenceToAMethod() {
        assertFails(
                "\"main\":{\"type\":\"query\"}," + object("{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.a\"}}"),
                "com.example.a#thing.x: \"com.example.a\" does not define values, so it can't be referenced");
    }

    @Test
    void referenceFromAMethod() {
        assertFails(
                "\"main\":{\"type\":\"query\",\"output\":{\"encoding\":\"application/json\",\"schema\":"
                        + "{\"type\":\"ref\",\"ref\":\"#gone\"}}}",
                "com.example.a output: unresolved reference \"com.example.a#gone\": not defined in com.example.a");
    }

    @Test
    void arrayThatContainsItself() {
        assertFails(
                "\"a\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"#b\"}},"
                        + "\"b\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"#a\"}},"
                        + object("{\"x\":{\"type\":\"ref\",\"ref\":\"#a\"}}"),
                "com.example.a#thing.x[][]: the array \"com.example.a#a\" contains itself");
    }

    @Test
    void propertyWithReservedName() {
        assertFails(
                object("{\"$new\":{\"type\":\"string\"}}"),
                "com.example.a#thing.$new: names that begin with \"$\" are reserved for the protocol");
    }

    @Test
    void propertyWithEmptyName() {
        assertFails(object("{\"\":{\"type\":\"string\"}}"), "com.example.a#thing: a property has an empty name");
    }

    @Test
    void documentsWithTheSameClassName() {
        write("one.json", "com.example.fooBar", object("{}"));
        write("two.json", "com.example.foobar", object("{}"));

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(CodegenException.class)
                .hasMessage(folder.resolve("lexicons/two.json")
                        + ": com.example.foobar and com.example.fooBar would have the same class com.example.Foobar");
    }

    @Test
    void documentInTwoFolders() throws IOException {
        write("one.json", "com.example.a", object("{}"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(folder.resolve("lexicons/one.json"), other.resolve("one.json"));

        assertThatThrownBy(() -> generate(o -> o.lexicons(other)))
                .isInstanceOf(LexDataException.class)
                .hasMessage("the document com.example.a is also in " + folder.resolve("lexicons/one.json") + " at "
                        + other.resolve("one.json") + ": $.id");
    }

    @Test
    void requiredFieldWithoutProperty() {
        write("a.json", "com.example.a", "\"main\":{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{}}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.defs.main.required[0]");
    }

    @Test
    void invalidDocument() {
        write("a.json", "com.example", "\"main\":{\"type\":\"object\"}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.id");
    }

    @Test
    void unionAtTopLevel() {
        write("a.json", "com.example.a", "\"choice\":{\"type\":\"union\",\"refs\":[]}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.defs.choice.type");
    }

    @Test
    void patternWithoutMatch() {
        write("a.json", "com.example.a", object("{}"));

        assertThatThrownBy(() -> generate(o -> o.include(List.of("com.example.*", "com.exampel.*"))))
                .isInstanceOf(CodegenException.class)
                .hasMessage("\"com.exampel.*\" doesn't match any document");
    }

    @Test
    void missingFolder() {
        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining(folder.resolve("lexicons").toString());
    }

    @Test
    void invalidPackagePrefix() {
        assertThatThrownBy(() -> CodegenOptions.of(o -> o.packagePrefix("com.new")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"com.new\" is not a valid Java package name");
    }

    private static String object(String properties) {
        return "\"thing\":{\"type\":\"object\",\"properties\":" + properties + "}";
    }

    private void assertFails(String defs, String message) {
        write("a.json", "com.example.a", defs);
        write("b.json", "com.example.B", object("{}"));

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(CodegenException.class)
                .hasMessage(folder.resolve("lexicons/a.json") + ": " + message);
        assertThat(folder.resolve("out")).as("output folder").doesNotExist();
    }

    private void generate(Consumer<CodegenOptions.Builder> options) {
        new CodeGenerator(CodegenOptions.of(o -> {
                    o.lexicons(folder.resolve("lexicons")).output(folder.resolve("out"));
                    options.accept(o);
                }))
                .generate();
    }

    private void write(String file, String id, String defs) {
        try {
            Path path = folder.resolve("lexicons").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "{\"lexicon\":1,\"id\":\"" + id + "\",\"defs\":{" + defs + "}}", UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
