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

/** Documents of which no Java can be made: each says which, and where in it. */
class CodegenErrorsTest {
    @TempDir
    Path folder;

    @Test
    void referenceToADocumentThatIsNotThere() {
        assertFails(
                object("{\"list\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"com.example.gone\"}}}"),
                "com.example.a#thing.list[]: the document of \"com.example.gone\" is not among the lexicons");
    }

    @Test
    void referenceToADefinitionThatIsNotThere() {
        assertFails(
                object("{\"x\":{\"type\":\"ref\",\"ref\":\"#gone\"}}"),
                "com.example.a#thing.x: \"com.example.a#gone\" is not defined in com.example.a");
    }

    @Test
    void referenceToADefinitionThatIsNotThereInsideAnObject() {
        assertFails(
                object("{\"x\":{\"type\":\"object\",\"properties\":{\"y\":{\"type\":\"ref\",\"ref\":\"#gone\"}}}}"),
                "com.example.a#thing.x.y: \"com.example.a#gone\" is not defined in com.example.a");
    }

    @Test
    void variantThatIsNoObject() {
        assertFails(
                "\"thing\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"union\",\"refs\":[\"#text\"]}}},"
                        + "\"text\":{\"type\":\"string\"}",
                "com.example.a#thing.x: \"com.example.a#text\" is no object, and can't be in a union");
    }

    @Test
    void variantThatIsNotThere() {
        assertFails(
                object("{\"x\":{\"type\":\"union\",\"refs\":[\"com.example.gone#x\"]}}"),
                "com.example.a#thing.x: the document of \"com.example.gone#x\" is not among the lexicons");
    }

    @Test
    void referenceToAMethod() {
        assertFails(
                "\"main\":{\"type\":\"query\"}," + object("{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.a\"}}"),
                "com.example.a#thing.x: \"com.example.a\" is no type of values, and can't be referred to");
    }

    @Test
    void referenceFromAMethod() {
        assertFails(
                "\"main\":{\"type\":\"query\",\"output\":{\"encoding\":\"application/json\",\"schema\":"
                        + "{\"type\":\"ref\",\"ref\":\"#gone\"}}}",
                "com.example.a output: \"com.example.a#gone\" is not defined in com.example.a");
    }

    @Test
    void arrayOfItself() {
        assertFails(
                "\"a\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"#b\"}},"
                        + "\"b\":{\"type\":\"array\",\"items\":{\"type\":\"ref\",\"ref\":\"#a\"}},"
                        + object("{\"x\":{\"type\":\"ref\",\"ref\":\"#a\"}}"),
                "com.example.a#thing.x[][]: the array \"com.example.a#a\" has itself as an element");
    }

    @Test
    void propertyThatBelongsToTheProtocol() {
        assertFails(
                object("{\"$new\":{\"type\":\"string\"}}"),
                "com.example.a#thing.$new: names that begin with a dollar sign are the protocol's own");
    }

    @Test
    void propertyWithoutAName() {
        assertFails(object("{\"\":{\"type\":\"string\"}}"), "com.example.a#thing: a property has an empty name");
    }

    @Test
    void documentsOfOneClassName() {
        write("one.json", "com.example.fooBar", object("{}"));
        write("two.json", "com.example.foobar", object("{}"));

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(CodegenException.class)
                .hasMessage(folder.resolve("lexicons/two.json")
                        + ": com.example.foobar and com.example.fooBar would both become the class com.example.Foobar");
    }

    @Test
    void documentInTwoFolders() throws IOException {
        write("one.json", "com.example.a", object("{}"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(folder.resolve("lexicons/one.json"), other.resolve("one.json"));

        assertThatThrownBy(() -> generate(o -> o.lexicons(other)))
                .isInstanceOf(LexDataException.class)
                .hasMessage("the document com.example.a is in " + folder.resolve("lexicons/one.json") + " too at "
                        + other.resolve("one.json") + ": $.id");
    }

    @Test
    void requiredFieldThatIsNoProperty() {
        write("a.json", "com.example.a", "\"main\":{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{}}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.defs.main.required[0]");
    }

    @Test
    void fileThatIsNoDocument() {
        write("a.json", "com.example", "\"main\":{\"type\":\"object\"}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.id");
    }

    @Test
    void unionAtTheTopOfADocument() {
        write("a.json", "com.example.a", "\"choice\":{\"type\":\"union\",\"refs\":[]}");

        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("a.json: $.defs.choice.type");
    }

    @Test
    void patternThatMatchesNothing() {
        write("a.json", "com.example.a", object("{}"));

        assertThatThrownBy(() -> generate(o -> o.include(List.of("com.example.*", "com.exampel.*"))))
                .isInstanceOf(CodegenException.class)
                .hasMessage("\"com.exampel.*\" matches none of the lexicons");
    }

    @Test
    void folderThatIsNotThere() {
        assertThatThrownBy(() -> generate(o -> {}))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining(folder.resolve("lexicons").toString());
    }

    @Test
    void packagePrefixThatIsNone() {
        assertThatThrownBy(() -> Options.of(o -> o.packagePrefix("com.new")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"com.new\" is no name of a Java package");
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
        assertThat(folder.resolve("out")).as("nothing is written").doesNotExist();
    }

    private void generate(Consumer<Options.Builder> options) {
        new CodeGenerator(Options.of(o -> {
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
