package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of failure modes names tests that exist. */
class FailureModesTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|Scenarios))\\.([a-z][A-Za-z0-9_]*)`");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");

    private final Path root = Path.of("../..").toAbsolutePath().normalize();

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/failure-modes.md"));
    }

    @Test
    void eachModeHasARowThatNamesATest() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        Matcher rows = ROW.matcher(page());
        while (rows.find()) {
            numbers.add(Integer.valueOf(rows.group(1)));
            assertThat(NAME.matcher(rows.group()).find()).as(rows.group()).isTrue();
        }

        assertThat(numbers).hasSizeGreaterThanOrEqualTo(27);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void allTestsThatAreNamedExist() throws IOException {
        Matcher names = NAME.matcher(page());
        int found = 0;
        while (names.find()) {
            found++;
            assertThat(source(names.group(1)))
                    .as(names.group())
                    .containsPattern("(?m)^ +void " + names.group(2) + "\\(");
        }
        assertThat(found).isGreaterThan(27);
    }

    /** The sources of the tests of that name, in whatever module they are. */
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
