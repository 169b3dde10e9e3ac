package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the sources generated from the hazard documents with the committed ones. After an intended change of the
 * generator, run {@code mvn test -pl codegen/atlex-codegen -am -Dtest=GoldenTest -Drecreate=true} and review the diff.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden");

    /** Documents worth reviewing. {@link GeneratedBehaviorTest} compiles and tests all of them. */
    private static final List<String> REVIEWED = List.of(
            "com.atproto.repo.*",
            "com.example.hazard.*",
            "com.example.method.*",
            "com.example.new.*",
            "com.example.my-app.*",
            "com.example.lang.uses",
            "com.example.lang.object",
            "com.example.lang.typing");

    @TempDir
    Path out;

    @Test
    void hazardDocuments_matchCommittedSources() {
        new CodeGenerator(CodegenOptions.of(
                        o -> o.lexicons(Hazards.FOLDER).include(REVIEWED).output(out)))
                .generate();

        compare(GOLDEN.resolve("hazards"));
    }

    @Test
    void packagePrefix_isPrependedToAllPackages() {
        new CodeGenerator(CodegenOptions.of(o -> o.lexicons(Hazards.FOLDER)
                        .include(List.of("com.example.one.*", "chat.example.*"))
                        .output(out)
                        .packagePrefix("org.sample.new_")
                        .module("org.sample.lexicons")
                        .requires(List.of("org.sample.other"))))
                .generate();

        compare(GOLDEN.resolve("prefixed"));
    }

    @Test
    void prose_beginsTheJavadoc() {
        new CodeGenerator(CodegenOptions.of(o -> o.lexicons(Path.of("src/test/prose/lexicons"))
                        .prose(Path.of("src/test/prose/prose"))
                        .deprecations(Path.of("src/test/prose/deprecated.json"))
                        .output(out)))
                .generate();

        compare(GOLDEN.resolve("prose"));
    }

    private void compare(Path golden) {
        Map<String, String> actual = read(out);
        if (Boolean.getBoolean("recreate")) {
            replace(golden, actual);
        }
        Map<String, String> expected = read(golden);
        assertThat(actual.keySet()).as("files of %s", golden).isEqualTo(expected.keySet());
        expected.forEach(
                (file, content) -> assertThat(actual.get(file)).as(file).isEqualTo(content));
    }

    private static Map<String, String> read(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), content(file)));
        } catch (IOException e) {
            fail("failed to read " + folder + "; create it with -Drecreate=true", e);
        }
        return files;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path golden, Map<String, String> files) {
        try {
            if (Files.exists(golden)) {
                for (String old : read(golden).keySet()) {
                    Files.delete(golden.resolve(old));
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = golden.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
