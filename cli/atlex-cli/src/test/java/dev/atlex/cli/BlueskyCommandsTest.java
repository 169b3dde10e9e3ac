package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.LocalPds;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code post}, {@code timeline} and {@code notifications}. */
class BlueskyCommandsTest {
    @TempDir
    Path temp;

    private LocalPds pds;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        pds.createAccount("alice.test", Cli.PASSWORD);
        pds.createAccount("bob.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.login(pds, "alice.test");
        cli.login(pds, "bob.test");
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private Cli.Result as(String account, String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--account";
        all[args.length + 1] = account;
        return cli.run(all);
    }

    private LexMap record(LexMap printed) {
        String uri = Objects.requireNonNull(printed.getString("uri"));
        LexMap record = cli.run("get", uri, "--service", pds.url().toString())
                .succeeds()
                .json();
        assertThat(record.getString("cid")).isEqualTo(printed.getString("cid"));
        return (LexMap) Objects.requireNonNull(record.get("value"));
    }

    private static List<LexMap> lines(Cli.Result result) {
        return result.succeeds()
                .out()
                .lines()
                .map(line -> (LexMap) LexValue.parseJson(line))
                .toList();
    }

    @Nested
    class PostCommand {
        @Test
        void text_hasFacets() {
            LexMap posted = as("alice.test", "post", "Hi @bob.test, see https://example.com #java", "--lang", "en")
                    .succeeds()
                    .json();
            LexMap record = record(posted);
            assertThat(((LexArray) Objects.requireNonNull(record.get("facets"))).size())
                    .isEqualTo(3);
            assertThat(String.valueOf(record.get("langs"))).contains("en");
        }

        @Test
        void unresolvedMention_warns() {
            Cli.Result result = as("alice.test", "post", "Hi @nobody.test");
            assertThat(result.status()).isZero();
            assertThat(result.err()).startsWith("warning: UnresolvedMention: ").contains("nobody.test");
        }

        @Test
        void unreadableCard_warns() {
            Cli.Result result = as("alice.test", "post", "Read", "--card", "https://localhost/private");
            assertThat(result.status()).isZero();
            assertThat(result.err()).startsWith("warning: LinkCard: ").contains("localhost");
        }

        @Test
        void image_hasAltText() throws IOException {
            String image = image(40);
            LexMap posted = as("alice.test", "post", "Look", "--image", image, "--alt", "A wall")
                    .succeeds()
                    .json();
            assertThat(descriptions(posted)).containsExactly("A wall");
        }

        @Test
        void description_appliesToPrecedingImage() throws IOException {
            String first = image(40);
            String second = image(50);
            String third = image(60);
            LexMap posted = as(
                            "alice.test",
                            "post",
                            "--image",
                            first,
                            "--image",
                            second,
                            "--alt",
                            "Two",
                            "--image",
                            third,
                            "--alt",
                            "Three")
                    .succeeds()
                    .json();
            assertThat(descriptions(posted)).containsExactly("", "Two", "Three");
        }

        private String image(int width) throws IOException {
            Path image = temp.resolve(width + ".png");
            ImageIO.write(new BufferedImage(width, 20, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
            return image.toString();
        }

        private List<String> descriptions(LexMap posted) {
            LexMap embed = (LexMap) Objects.requireNonNull(record(posted).get("embed"));
            return Objects.requireNonNull(embed.getArray("images")).stream()
                    .map(image -> String.valueOf(((LexMap) image).getString("alt")))
                    .toList();
        }

        @Test
        void reply_hasRootAndParent() {
            String root = as("alice.test", "post", "One").succeeds().json().getString("uri");
            String reply = as("bob.test", "post", "Two", "--reply-to", root)
                    .succeeds()
                    .json()
                    .getString("uri");
            LexMap last = record(as("alice.test", "post", "Three", "--reply-to", reply)
                    .succeeds()
                    .json());
            LexMap refs = (LexMap) Objects.requireNonNull(last.get("reply"));
            assertThat(((LexMap) Objects.requireNonNull(refs.get("root"))).getString("uri"))
                    .isEqualTo(root);
            assertThat(((LexMap) Objects.requireNonNull(refs.get("parent"))).getString("uri"))
                    .isEqualTo(reply);
        }

        @Test
        void key_postsOnce() {
            LexMap first = as("alice.test", "post", "Once", "--key", "news-1")
                    .succeeds()
                    .json();
            assertThat(as("alice.test", "post", "Once", "--key", "news-1")
                            .succeeds()
                            .json())
                    .isEqualTo(first);
        }

        @Test
        void longText_needsThread() {
            String text = "A sentence that is repeated. ".repeat(20).strip();
            assertThat(as("alice.test", "post", text).fails(2, "InvalidInput").err())
                    .contains("--thread");
            List<LexMap> posts = lines(as("alice.test", "post", text, "--thread", "--numbered"));
            assertThat(posts).hasSizeGreaterThan(1);
            assertThat(record(posts.get(0)).getString("text")).endsWith("(1/" + posts.size() + ")");
        }

        @Test
        void textFromStdin_isPosted() {
            LexMap posted = cli.runWith("From a pipe\n", "post", "-", "--account", "alice.test")
                    .succeeds()
                    .json();
            assertThat(record(posted).getString("text")).isEqualTo("From a pipe");
        }

        @Test
        void terminal_printsUrlOfPost() {
            cli.outIsTerminal = true;
            assertThat(as("alice.test", "post", "Hello").succeeds().out())
                    .startsWith("https://bsky.app/profile/did:plc:");
        }

        @Test
        void wrongInput_isRefused() {
            as("alice.test", "post").fails(2, "InvalidInput");
            as("alice.test", "post", "x", "--reply-to", "nowhere").fails(2, "InvalidInput");
            as("alice.test", "post", "x", "--image", temp.resolve("missing.jpg").toString())
                    .fails(2, "InvalidInput");
            as("alice.test", "post", "x", "--alt", "only").fails(2, "Usage");
            as("alice.test", "post", "x", "--lang", "not a language").fails(2, "InvalidInput");
            as("alice.test", "post", "x", "--numbered").fails(2, "Usage");
            as("alice.test", "post", "x", "--card", "no url").fails(2, "InvalidInput");
            for (String url : List.of("https://u:hunter2@example.com/", "https://u:hunter2@ example.com/")) {
                assertThat(as("alice.test", "post", "x", "--card", url)
                                .fails(2, "InvalidInput")
                                .err())
                        .doesNotContain("hunter2");
            }
            assertThat(as("alice.test", "post", "See https://u:hunter2@example.com/")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("remove it")
                    .doesNotContain("hunter2");
        }

        @Test
        void deletedParent_isRefused() {
            String missing =
                    "at://" + pds.createAccount("carol.test", Cli.PASSWORD).did() + "/app.bsky.feed.post/3jzfcijpj2z2a";
            as("alice.test", "post", "x", "--reply-to", missing).fails(1, "PostUnavailable");
        }
    }

    @Nested
    class ThreadCommand {
        @Test
        void parentsAndReplies_arePrintedInOrder() {
            String root = as("alice.test", "post", "One").succeeds().json().getString("uri");
            String reply = as("bob.test", "post", "Two", "--reply-to", root)
                    .succeeds()
                    .json()
                    .getString("uri");
            as("alice.test", "post", "Three", "--reply-to", reply).succeeds();
            assertThat(lines(as("alice.test", "thread", reply)))
                    .extracting(line -> line.get("depth").toString())
                    .containsExactly("-1", "0", "1");
            cli.outIsTerminal = true;
            assertThat(as("alice.test", "thread", root).succeeds().out())
                    .containsSubsequence(
                            "@alice.test", "  One", "  @bob.test", "    Two", "    @alice.test", "      Three");
        }

        @Test
        void wrongInput_isRefused() {
            as("alice.test", "thread", "A long text").fails(2, "InvalidInput");
            as("alice.test", "thread", "at://alice.test/app.bsky.feed.post/3jzfcijpj2z2a")
                    .fails(1, "PostUnavailable");
        }
    }

    @Nested
    class TimelineCommand {
        @Test
        void posts_arePrintedAsJsonOrText() {
            as("alice.test", "post", "First").succeeds();
            as("alice.test", "post", "Second \u009b[31m").succeeds();
            List<LexMap> items = lines(as("alice.test", "timeline"));
            assertThat(items).hasSize(2);
            assertThat(lines(as("alice.test", "timeline", "--limit", "1"))).containsExactly(items.get(0));
            cli.outIsTerminal = true;
            assertThat(as("alice.test", "timeline").succeeds().out())
                    .contains("@alice.test · 0m", "  First", "at://did:plc:")
                    .doesNotContain("\u009b");
            as("alice.test", "timeline", "--limit", "0").fails(2, "Usage");
        }
    }

    @Nested
    class NotificationsCommand {
        @Test
        void reasonsAndUnread_filterNotifications() {
            String post = as("alice.test", "post", "Hello").succeeds().json().getString("uri");
            as("bob.test", "post", "Hi!", "--reply-to", post).succeeds();
            as("bob.test", "post", "A mention of @alice.test").succeeds();
            assertThat(lines(as("alice.test", "notifications"))).hasSize(2);
            assertThat(lines(as("alice.test", "notifications", "--reason", "reply", "--mark-seen")))
                    .singleElement()
                    .satisfies(one -> assertThat(one.getString("reason")).isEqualTo("reply"));
            assertThat(lines(as("alice.test", "notifications", "--unread"))).isEmpty();
            cli.outIsTerminal = true;
            assertThat(as("alice.test", "notifications").succeeds().out()).contains("reply  @bob.test", "    Hi!");
        }
    }
}
