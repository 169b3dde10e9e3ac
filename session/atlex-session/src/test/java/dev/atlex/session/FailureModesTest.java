package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that each failure mode of {@code docs/failure-modes.md} has tests in {@code failure-modes/tests.md}, and that they exist. */
class FailureModesTest {
    private static final Pattern NAME =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Scenarios))\\.([a-z][A-Za-z0-9_]*)`");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    /** A number, or a letter and a number for the modes of `atlex-bluesky`, such as R1 of rich text. */
    private static final Pattern MODE = Pattern.compile("(?m)^\\*\\*([A-Z]?\\d+)\\. ");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]?\\d+) \\|(.*)$");
    private static final Comparator<String> ORDER = Comparator.comparing((String mode) -> mode.replaceAll("\\d", ""))
            .thenComparing(mode -> Integer.valueOf(mode.replaceAll("\\D", "")));
    private static final int NUMBERED = 76;

    private final Path root = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void eachModeNamesATest() throws IOException {
        List<String> modes = new ArrayList<>();
        Matcher paragraphs = MODE.matcher(read("docs/failure-modes.md"));
        while (paragraphs.find()) {
            modes.add(paragraphs.group(1));
        }
        Set<String> tested = new HashSet<>();
        List<String> numbered = new ArrayList<>();
        Matcher rows = ROW.matcher(read("docs/failure-modes/tests.md"));
        while (rows.find()) {
            tested.add(rows.group(1));
            numbered.add(rows.group(1));
            assertThat(NAME.matcher(rows.group(2)).find()).as(rows.group()).isTrue();
        }

        assertThat(modes)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.rangeClosed(1, NUMBERED)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(numbered).isSortedAccordingTo(ORDER);
        assertThat(tested).containsExactlyInAnyOrderElementsOf(modes);
    }

    @Test
    void allNamedTestsExist() throws IOException {
        Matcher names = NAME.matcher(read("docs/failure-modes.md") + read("docs/failure-modes/tests.md"));
        List<String> missing = new ArrayList<>();
        int found = 0;
        while (names.find()) {
            found++;
            if (!Pattern.compile("(?m)^ +void " + names.group(2) + "\\(")
                    .matcher(source(names.group(1)))
                    .find()) {
                missing.add(names.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(200);
    }

    private String read(String page) throws IOException {
        return Files.readString(root.resolve(page));
    }

    /** Returns the sources of all test classes of that name. */
    private String source(String name) throws IOException {
        StringBuilder sources = new StringBuilder();
        Matcher modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (modules.find()) {
            Path tests = root.resolve(modules.group(1)).resolve("src/test/java");
            if (!Files.isDirectory(tests)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file :
                        files.filter(path -> path.endsWith(name + ".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        return sources.toString();
    }
}
