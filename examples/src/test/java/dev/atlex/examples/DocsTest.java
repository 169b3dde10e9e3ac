package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Checks the pages: every Java or Kotlin example is part of a source that the build compiles, and every link leads to a file and heading. */
class DocsTest {
    private static final Pattern JAVA = Pattern.compile("```(?:java|kotlin)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern FENCE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Path ROOT = Path.of("..");
    private static final Path UNIONS = Path.of("src/test/java21/dev/atlex/examples/UnionExamples.java");

    /** Compares without layout and comments. The consumers are compiled by their check.sh. */
    @Test
    void examplesOfPagesAreCompiled() throws IOException {
        StringBuilder sources = testSources();
        for (Path folder : List.of(
                Path.of("src/main/java"),
                Path.of("src/test"),
                Path.of("own-lexicons/src"),
                ROOT.resolve("verification/consumers"))) {
            for (Path file : javaFiles(folder)) {
                sources.append(flat(Files.readString(file)));
            }
        }
        Map<String, Integer> examples = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (String example : matches(JAVA, Files.readString(page))) {
                examples.merge(name(page), 1, Integer::sum);
                missing.addAll(missing(sources, name(page), example.split("…")));
            }
        }
        assertThat(missing).isEmpty();
        assertThat(examples)
                .containsKeys(
                        "README.md",
                        "docs/calling-methods.md",
                        "docs/configuration.md",
                        "docs/errors-and-retries.md",
                        "docs/frameworks/android.md",
                        "docs/frameworks/helidon.md",
                        "docs/frameworks/kotlin.md",
                        "docs/frameworks/micronaut.md",
                        "docs/frameworks/quarkus.md",
                        "docs/generated-types.md",
                        "docs/getting-started.md",
                        "docs/many-accounts.md",
                        "docs/own-lexicons.md",
                        "docs/records-and-blobs.md",
                        "docs/sessions.md",
                        "docs/stores-and-encryption.md",
                        "docs/testing-your-bot.md");
        assertThat(examples.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(50);
    }

    /** The sources are those of JavadocExamplesTest, and the tests of the module that contains the example. */
    @Test
    void examplesOfJavadocAreCompiled() throws IOException {
        StringBuilder sources = testSources();
        List<String> missing = new ArrayList<>();
        int count = 0;
        for (Path module : modules()) {
            for (Path file : javaFiles(module.resolve("src/main/java"))) {
                for (String example : matches(JAVADOC, Files.readString(file))) {
                    String code = example.replaceAll("(?m)^ *\\* ?", "").replaceAll(" // .*", "");
                    missing.addAll(missing(sources, name(file), code.split("…|\\.\\.\\.|\n\n")));
                    count++;
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(13);
    }

    @Test
    void linksOfPagesLeadSomewhere() throws IOException {
        for (Path page : pages()) {
            String text = FENCE.matcher(Files.readString(page)).replaceAll("");
            LINK.matcher(text).results().forEach(link -> {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertThat(target).as("%s: %s", name(page), link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target))
                            .as("%s: %s", name(page), link.group())
                            .contains(link.group(2));
                }
            });
        }
    }

    /** Patterns in a switch need Java 21; the build compiles for 17. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "needs a compiler for Java 21")
    void switchOverUnionCompilesOnJava21(@TempDir Path out) {
        String classes = System.getProperty("java.class.path");

        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-cp", classes, "-d", out.toString(), UNIONS.toString());

        assertThat(status).isZero();
    }

    private static StringBuilder testSources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path module : modules()) {
            for (Path file : javaFiles(module.resolve("src/test/java"))) {
                sources.append(flat(Files.readString(file)));
            }
        }
        return sources;
    }

    /** Returns the parts that no source contains; an assertion on the sources would print them all. */
    private static List<String> missing(StringBuilder sources, String page, String... parts) {
        return Stream.of(parts)
                .filter(part -> sources.indexOf(flat(part).replaceAll("}+$", "")) < 0)
                .map(part -> page + ":\n" + part)
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "examples/own-lexicons", "verification")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder), folder.equals("docs") ? 3 : 1)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<Path> modules() throws IOException {
        return matches(MODULE, Files.readString(ROOT.resolve("pom.xml"))).stream()
                .map(ROOT::resolve)
                .toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|kt)"))
                    .toList();
        }
    }

    /** Returns the anchors of a page's headings, as GitHub forms them. */
    private static List<String> anchors(Path page) {
        try {
            return matches(HEADING, FENCE.matcher(Files.readString(page)).replaceAll("")).stream()
                    .map(heading -> heading.toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static String flat(String source) {
        return source.replaceAll("(?m)(^| )// .*", "").replaceAll("\\s+", "");
    }
}
