package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the documents compile. */
class DocsTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Path UNIONS = Path.of("src/test/java21/dev/atlex/examples/UnionExamples.java");

    /** Layout and comments aside: each stands in sources that are compiled. */
    @ParameterizedTest
    @CsvSource({"README.md, 5", "docs/sessions.md, 2", "docs/lexicon.md, 4"})
    void examplesAreCompiled(Path page, int count) throws IOException {
        StringBuilder sources = new StringBuilder(flat(UNIONS));
        for (String folder : List.of("src/main/java", "src/test/java")) {
            for (Path file : javaFiles(Path.of(folder))) {
                sources.append(flat(file));
            }
        }
        List<String> examples = JAVA.matcher(Files.readString(Path.of("..").resolve(page)))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples).hasSize(count);
        for (String example : examples) {
            for (String part : example.split("…")) {
                assertThat(sources.toString()).contains(flat(part).replaceAll("}$", ""));
            }
        }
    }

    /** In JavadocExamplesTest here, or in a test of the module that the example is about. */
    @Test
    void examplesOfTheJavadocAreCompiled() throws IOException {
        StringBuilder sources = new StringBuilder();
        List<String> examples = new ArrayList<>();
        for (Path module : modules()) {
            for (Path file : javaFiles(module.resolve("src/test/java"))) {
                sources.append(flat(file));
            }
            for (Path file : javaFiles(module.resolve("src/main/java"))) {
                JAVADOC.matcher(Files.readString(file)).results().forEach(found -> examples.add(found.group(1)));
            }
        }

        assertThat(examples).hasSizeGreaterThanOrEqualTo(13);
        for (String example : examples) {
            String code = example.replaceAll("(?m)^ *\\* ?", "").replaceAll(" // .*", "");
            for (String part : code.split("…|\\.\\.\\.|\n\n")) {
                // Not contains(), which would print all sources.
                assertThat(sources.indexOf(flat(part).replaceAll("}+$", "")))
                        .as(part)
                        .isNotNegative();
            }
        }
    }

    private static List<Path> modules() throws IOException {
        return MODULE.matcher(Files.readString(Path.of("../pom.xml")))
                .results()
                .map(module -> Path.of("..").resolve(module.group(1)))
                .toList();
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Patterns in a switch are of Java 21, and the build is of 17. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "needs a compiler of Java 21")
    void unionsAreSwitchedOverFromJava21On(@TempDir Path out) {
        String classes = System.getProperty("java.class.path");

        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-cp", classes, "-d", out.toString(), UNIONS.toString());

        assertThat(status).isZero();
    }

    private static String flat(Path source) throws IOException {
        return flat(Files.readString(source));
    }

    private static String flat(String source) {
        return source.replaceAll(" // .*", "").replaceAll("\\s+", "");
    }
}
