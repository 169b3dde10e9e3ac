package dev.atlex.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.examples.Quickstart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes as programs without settings, and their pages. */
class RecipeProgramsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/atlex/examples/recipes");
    private static final Path PAGES = Path.of("../docs/recipes");
    private static final Map<String, Integer> LIMITS =
            Map.of("MorningBot.java", 30, "WebSignIn.java", 120, "PostIndex.java", 100, "Demo.java", 90);

    private final PrintStream out = System.out;
    private final InputStream in = System.in;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setIn(in);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ScheduledPoster | Today's post exists: https://bsky.app/profile/did:plc:",
                "FeedPoster      | Posted https://bsky.app/profile/did:plc:",
                "MentionBot      | Replied: https://bsky.app/profile/did:plc:",
                "LiveMentionBot  | Replied: https://bsky.app/profile/did:plc:",
                "ImagePost       | Posted https://bsky.app/profile/did:plc:",
                "ThreadAndQuote  | Quoted: https://bsky.app/profile/did:plc:",
                "FollowBack      | Followed @bob.test",
                "SearchDigest    | Posted https://bsky.app/profile/did:plc:",
                "ChatBot         | Replies: 1",
                "BulkDelete      | Deleted posts: 1",
                "Fleet           | New posts: 3",
                "OAuthSignIn     | Posted https://bsky.app/profile/did:plc:",
                "WebSignIn       | Open http://127.0.0.1:",
            })
    void runsWithoutSettings(String name, String expected) throws Exception {
        Class.forName(Demo.class.getPackageName() + "." + name)
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);

        assertThat(lastLine()).startsWith(expected);
    }

    @Test
    void backupFinishes(@TempDir Path folder) throws IOException {
        Backup.main(new String[] {folder.toString()});

        assertThat(lastLine()).isEqualTo("Saved alice.test in " + folder);
    }

    private String lastLine() {
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void quickstartFinishes() {
        Quickstart.main(new String[0]);

        assertThat(lastLine()).startsWith("Done.");
    }

    /** A page shows a recipe by linking to its source. */
    @Test
    void recipesAreShortAndDescribed() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path page : files(PAGES)) {
            String text = Files.readString(page);
            assertThat(text.lines().count()).as("lines of %s", page).isLessThanOrEqualTo(60);
            pages.append(text);
        }
        for (Path source : files(SOURCES)) {
            List<String> lines = Files.readAllLines(source);
            int limit = LIMITS.getOrDefault(source.getFileName().toString(), 80);
            assertThat(lines.size()).as("lines of %s", source).isLessThanOrEqualTo(limit);
            if (lines.stream().anyMatch(line -> line.contains("public static void main"))) {
                assertThat(pages).contains("/" + source.getFileName() + ")");
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
