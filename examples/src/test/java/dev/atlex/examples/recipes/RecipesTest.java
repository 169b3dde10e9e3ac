package dev.atlex.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.External;
import app.bsky.embed.Images;
import app.bsky.feed.Post;
import app.bsky.richtext.Facet;
import chat.bsky.convo.ConvoDefs.ConvoView;
import chat.bsky.convo.GetMessages.Output.MessagesItem;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.PostedThread;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.ratelimit.RateLimitRule;
import dev.atlex.session.ratelimit.RateLimitedException;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests what each recipe writes to the server. */
class RecipesTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final LocalDate DAY = LocalDate.of(2026, 11, 3);

    @TempDir
    Path folder;

    private LocalPds pds;
    private PasswordSession session;
    private Bluesky alice;
    private Bluesky bob;

    @BeforeEach
    void signIn(LocalPds server) {
        pds = server;
        session = session("alice.test");
        alice = Bluesky.of(
                session, BlueskyOptions.of(o -> o.cards(LinkCards.of(cards -> cards.allowPrivateAddresses(true)))));
        bob = Bluesky.of(session("bob.test"));
    }

    private PasswordSession session(String handle) {
        pds.createAccount(handle, "password");
        return PasswordSession.login(pds.url().toString(), handle, "password");
    }

    private Map<String, Post> posts() {
        Map<String, Post> posts = new TreeMap<>();
        pds.records(alice.did(), "app.bsky.feed.post")
                .forEach((key, record) -> posts.put(key, Post.RECORD.from(record)));
        return posts;
    }

    private Post post(Posted posted) {
        return posts().get(posted.uri().recordKey().toString());
    }

    private List<String> texts() {
        return posts().values().stream().map(Post::text).toList();
    }

    @Nested
    class Scheduled {
        @Test
        void postsOnceADay() {
            assertThat(ScheduledPoster.post(alice, DAY).created()).isTrue();
            assertThat(ScheduledPoster.post(alice, DAY).created()).isFalse();
            assertThat(ScheduledPoster.post(alice, DAY.plusDays(1)).created()).isTrue();

            assertThat(texts())
                    .containsExactly(
                            "Good morning! Today is 2026-11-03. #daily", "Good morning! Today is 2026-11-04. #daily");
        }

        @Test
        void postsOnceAfterALostResponse() {
            pds.faults().next("com.atproto.repo.createRecord", Fault.dropAfterProcessing());

            ScheduledPoster.post(alice, DAY);

            assertThat(pds.faults().exhausted()).isTrue();
            assertThat(posts()).hasSize(1);
        }
    }

    @Nested
    class Feeds {
        @Test
        void postsNewItemsOnceWithCards() throws Exception {
            try (Sites site = Sites.start()) {
                Instant yesterday = Instant.now().minus(Duration.ofDays(1));
                List<Posted> first = FeedPoster.run(alice, site.feed(), yesterday);
                List<Posted> second = FeedPoster.run(alice, site.feed(), yesterday);

                assertThat(first).hasSize(1);
                assertThat(second).isEmpty();
                assertThat(texts()).containsExactly("Release 1.2 is out #java");
                External card = ((Post.Embed.External) post(first.get(0)).embed()).value();
                assertThat(card.external().title()).isEqualTo("Release 1.2");
                assertThat(card.external().uri()).hasToString(site.article().toString());
            }
        }
    }

    @Nested
    class Mentions {
        @Test
        void repliesToNewMentionsOnce() {
            bob.post("Before the bot: @alice.test");
            CursorStore cursors = CursorStore.memory();
            assertThat(poll(cursors)).isZero();
            AtUri mention = bob.post("Are you there, @alice.test?").uri();

            assertThat(poll(cursors)).isOne();
            assertThat(poll(cursors)).isZero();

            assertThat(texts()).containsExactly("Hello @bob.test! I am a bot.");
            Post reply = posts().values().iterator().next();
            assertThat(reply.reply().parent().uri()).isEqualTo(mention);
            assertThat(reply.facets()).hasSize(1);
        }

        private int poll(CursorStore cursors) {
            try (Notifications mentions = MentionBot.mentions(alice, cursors)) {
                return mentions.pollOnce(mention -> MentionBot.reply(alice, mention));
            }
        }
    }

    @Nested
    class Photo {
        @Test
        void isPostedUprightWithoutItsPlace() throws IOException {
            Path photo = Photos.phone();
            byte[] original = Files.readAllBytes(photo);
            assertThat(original.length).isBetween(3_800_000, 4_500_000);
            assertThat(latin(original)).contains("Exif");

            Images.Image image = images(post(ImagePost.post(alice, photo))).get(0);

            byte[] blob =
                    alice.client().getBlob(alice.did(), image.image().ref()).toByteArray();
            assertThat(blob.length).isLessThanOrEqualTo(2_000_000);
            assertThat(latin(blob)).doesNotContain("Exif");
            assertThat(image.aspectRatio().height())
                    .isGreaterThan(image.aspectRatio().width());
            assertThat(image.alt()).isEqualTo("Fog over a field");
        }
    }

    @Nested
    class Threads {
        @Test
        void threadIsPostedOnceAndQuoted() {
            String essay = "One sentence of an essay about threads. ".repeat(20);
            PostedThread thread = ThreadAndQuote.thread(alice, essay);
            ThreadAndQuote.thread(alice, essay);
            Posted quote = ThreadAndQuote.quote(alice, thread);

            assertThat(thread.posts()).hasSizeGreaterThan(2);
            assertThat(posts()).hasSize(thread.posts().size() + 1);
            assertThat(post(thread.first()).text())
                    .endsWith("(1/" + thread.posts().size() + ")");
            assertThat(post(thread.last()).reply().root().uri())
                    .isEqualTo(thread.first().uri());
            assertThat(((Post.Embed.Record) post(quote).embed())
                            .value()
                            .record()
                            .uri())
                    .isEqualTo(thread.first().uri());
        }
    }

    @Nested
    class Followers {
        @Test
        void followsNewFollowersButNotMutedOnes() {
            Bluesky carol = Bluesky.of(session("carol.test"));
            List.of(bob, carol).forEach(follower -> follower.follow("alice.test"));
            alice.mute("carol.test");

            assertThat(FollowBack.run(alice))
                    .extracting(follower -> follower.handle().toString())
                    .containsExactly("bob.test");
            assertThat(FollowBack.run(alice)).isEmpty();

            assertThat(alice.follows("alice.test"))
                    .extracting(followed -> followed.did())
                    .containsExactly(bob.did());
        }
    }

    @Nested
    class Digest {
        @Test
        void linksTheMostLikedPostsOnce() {
            Instant now = Instant.now();
            bob.post(p -> p.text("The harbor a week ago").createdAt(now.minus(Duration.ofDays(7))));
            bob.post("The harbor is quiet");
            AtUri best = bob.post("The harbor is open again").uri();
            bob.like(best);

            PostedThread digest = SearchDigest.run(alice, "harbor", now);
            SearchDigest.run(alice, "harbor", now);

            assertThat(texts())
                    .containsExactly("Today's best posts about harbor:\n• bob.test (likes: 1)\n• bob.test (likes: 0)");
            Facet.FeaturesItem link =
                    post(digest.first()).facets().get(0).features().get(0);
            assertThat(((Facet.FeaturesItem.Link) link).value().uri().toString())
                    .isEqualTo("https://bsky.app/profile/" + bob.did() + "/post/" + best.recordKey());
        }

        @Test
        void postsNothingIfNothingIsFound() {
            assertThat(SearchDigest.run(alice, "harbor", Instant.now())).isNull();
            assertThat(posts()).isEmpty();
        }
    }

    @Nested
    class DirectMessages {
        @Test
        void unreadMessageIsAnsweredOnce() {
            alice.follow("bob.test");
            bob.follow("alice.test");
            ConvoView convo = bob.chat().conversationWith(alice.did());
            bob.chat().send(convo.id(), "Are you there?");

            assertThat(ChatBot.run(alice.chat(), alice.did())).isOne();
            assertThat(ChatBot.run(alice.chat(), alice.did())).isZero();

            assertThat(alice.chat().conversations(p -> p.readState("unread"))).isEmpty();
            assertThat(bob.chat().messages(convo.id()))
                    .extracting(
                            item -> ((MessagesItem.MessageView) item).value().text())
                    .containsExactly("You wrote: Are you there?", "Are you there?");
        }

        @Test
        void messageAnsweredBeforeACrashIsNotAnsweredAgain() {
            alice.follow("bob.test");
            bob.follow("alice.test");
            ConvoView convo = bob.chat().conversationWith(alice.did());
            bob.chat().send(convo.id(), "Are you there?");
            pds.faults().next("chat.bsky.convo.updateRead", Fault.status(500));
            assertThatThrownBy(() -> ChatBot.run(alice.chat(), alice.did())).hasMessageContaining("updateRead");

            assertThat(ChatBot.run(alice.chat(), alice.did())).isZero();

            assertThat(bob.chat().messages(convo.id())).hasSize(2);
        }
    }

    @Nested
    class Backups {
        @Test
        void savesRecordsAndBlobs() throws IOException {
            Path chart = Photos.chart();
            Posted posted = alice.post(p -> p.text("Keep this").image(chart, "A chart"));
            alice.follow("bob.test");

            Backup.run(session, folder);
            Backup.run(session, folder);

            List<String> posts = Files.readAllLines(folder.resolve("app.bsky.feed.post.jsonl"));
            assertThat(posts).hasSize(1);
            LexMap record = (LexMap) LexValue.parseJson(posts.get(0));
            assertThat(record.getString("uri")).isEqualTo(posted.uri().toString());
            assertThat(Post.RECORD.from(record.getMap("value"))).isEqualTo(post(posted));
            assertThat(Files.readAllLines(folder.resolve("app.bsky.graph.follow.jsonl")))
                    .hasSize(1);
            String cid = images(post(posted)).get(0).image().ref().toString();
            assertThat(folder.resolve("blobs")).isDirectoryContaining(file -> file.endsWith(cid));
            assertThat(Files.readAllBytes(folder.resolve("blobs").resolve(cid))).isEqualTo(Files.readAllBytes(chart));
            try (var files = Files.list(folder.resolve("blobs"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Nested
    class OldPosts {
        @Test
        void areDeletedWithinTheRateLimit() {
            Instant limit = Instant.parse("2026-01-01T00:00:00Z");
            for (int i = 1; i <= 3; i++) {
                int seconds = i;
                alice.post(p -> p.text("Old " + seconds).createdAt(limit.minusSeconds(seconds)));
            }
            alice.post("New");
            RateLimiter twoDeletes = RateLimiter.create(
                            o -> o.writeLimits(List.of(new RateLimitRule(2 * RateLimiter.DELETE, Duration.ofHours(1)))))
                    .failFast();

            assertThatThrownBy(() -> BulkDelete.run(twoDeletes.wrap(session), limit))
                    .isInstanceOf(RateLimitedException.class);
            assertThat(texts()).hasSize(2).contains("New");

            List<Duration> limits = new ArrayList<>();
            Agent limited = RateLimiter.create().wrap(session);
            Agent recording = new Agent() {
                @Override
                public TransportResponse send(AgentRequest request) {
                    limits.add(request.timeout());
                    return limited.send(request);
                }

                @Override
                public Did did() {
                    return limited.did();
                }
            };
            assertThat(BulkDelete.run(recording, limit)).isOne();
            assertThat(texts()).containsExactly("New");
            assertThat(limits)
                    .as("longer than a wait for the next hour's points")
                    .allMatch(timeout -> timeout.compareTo(Duration.ofHours(2)) > 0);
        }
    }

    /** The newest post is a reply in a thread of bob, whose first post is the root of everything below. */
    @Nested
    class Morning {
        @Test
        void continuesTheThreadOfTheNewestPostOnce() throws IOException {
            AtUri root = bob.post("How is the harbor?").uri();
            AtUri newest = alice.reply(root, "Wait until the morning").uri();
            alice.repost(root);
            Path photo = Photos.phone();
            Path chart = Photos.chart();
            try (Sites site = Sites.start()) {
                PostedThread thread = MorningBot.post(alice, DAY, photo, chart, site.article());
                assertThat(MorningBot.post(alice, DAY, photo, chart, site.article())
                                .created())
                        .isFalse();

                assertThat(posts()).hasSize(3);
                Post first = post(thread.first());
                assertThat(first.reply().parent().uri()).isEqualTo(newest);
                assertThat(first.reply().root().uri()).isEqualTo(root);
                assertThat(first.facets())
                        .extracting(facet -> facet.features().get(0).getClass().getSimpleName())
                        .containsExactlyInAnyOrder("Mention", "Link", "Tag");
                assertThat(thread.unresolvedMentions()).isEmpty();
                assertThat(images(first)).hasSize(2).allSatisfy(image -> {
                    byte[] blob = alice.client()
                            .getBlob(alice.did(), image.image().ref())
                            .toByteArray();
                    assertThat(blob.length).isLessThanOrEqualTo(2_000_000);
                    assertThat(latin(blob)).doesNotContain("Exif");
                    assertThat(image.aspectRatio()).isNotNull();
                });
                Post second = post(thread.last());
                assertThat(second.reply().parent().uri())
                        .isEqualTo(thread.first().uri());
                assertThat(second.reply().root().uri()).isEqualTo(root);
                assertThat(((Post.Embed.External) second.embed())
                                .value()
                                .external()
                                .title())
                        .isEqualTo("Release 1.2");
            }
        }
    }

    private static List<Images.Image> images(Post post) {
        return ((Post.Embed.Images) post.embed()).value().images();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
