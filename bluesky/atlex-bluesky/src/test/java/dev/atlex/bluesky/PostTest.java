package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.embed.EmbedDefs.AspectRatio;
import app.bsky.embed.Gallery;
import app.bsky.embed.Images;
import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import app.bsky.feed.Threadgate;
import app.bsky.richtext.Facet;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers such as R9 refer to failure modes in {@code docs/failure-modes.md}. */
class PostTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    /** An image with one transparent pixel. */
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==");

    private static final String CREATE = "com.atproto.repo.createRecord";
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Bluesky bsky;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        bsky = SignedIn.bluesky(pds, alice);
    }

    private Post only() {
        return SignedIn.onlyPost(pds, alice);
    }

    @Nested
    class Text {
        @Test
        void linkMentionAndTagCanBeClicked() {
            Posted posted = bsky.post("Thanks @bob.test! https://example.com #java");

            Post post = only();
            assertThat(post.facets())
                    .extracting(facet -> facet.features().get(0))
                    .containsExactly(
                            Facet.FeaturesItem.of(
                                    Facet.Mention.builder().did(bob.did()).build()),
                            Facet.FeaturesItem.of(Facet.Link.builder()
                                    .uri("https://example.com")
                                    .build()),
                            Facet.FeaturesItem.of(
                                    Facet.Tag.builder().tag("java").build()));
            assertThat(posted.cid()).isEqualTo(post.computeCid());
            assertThat(posted.created()).isTrue();
            assertThat(posted.unresolvedMentions()).isEmpty();
            assertThat(posted.ref().uri()).isEqualTo(posted.uri());
            assertThat(posted.webUrl())
                    .hasToString("https://bsky.app/profile/" + alice.did() + "/post/"
                            + posted.uri().recordKey());
        }

        /** R4: upstream's detection leaves the DID empty, and then the server rejects the whole post. */
        @Test
        void unresolvedMentionStaysTextAndIsReported() {
            Posted posted = bsky.post("Hi @nobody.test and @bob.test");

            assertThat(posted.unresolvedMentions()).containsExactly(Handle.of("nobody.test"));
            assertThat(only().facets()).hasSize(1);
            assertThat(only().text()).isEqualTo("Hi @nobody.test and @bob.test");
        }

        @Test
        void mentionStaysTextIfItsLookupFails() {
            pds.faults().always("com.atproto.identity.resolveHandle", Fault.status(500));

            assertThat(bsky.post("Hi @bob.test").unresolvedMentions()).containsExactly(Handle.of("bob.test"));
        }

        @Test
        void mentionResolverReplacesTheServer() {
            Bluesky own = Bluesky.of(
                    bsky.client().agent(),
                    SignedIn.OPTIONS.toBuilder()
                            .mentionResolver(handle -> handle.toString().equals("bob.test") ? bob.did() : null)
                            .build());

            assertThat(own.post("@bob.test @alice.test").unresolvedMentions()).containsExactly(Handle.of("alice.test"));
            assertThat(pds.count("com.atproto.identity.resolveHandle")).isZero();
        }

        @Test
        void mentionStaysTextIfItsResolverThrows() {
            Bluesky own = Bluesky.of(
                    bsky.client().agent(),
                    SignedIn.OPTIONS.toBuilder()
                            .mentionResolver(handle -> {
                                throw new IllegalStateException("no directory");
                            })
                            .build());

            assertThat(own.post("Hi @bob.test").unresolvedMentions()).containsExactly(Handle.of("bob.test"));
        }

        /** R7: the server would reject the post each time. */
        @Test
        void tooLong_isRefusedBeforeAnythingIsSent() {
            pds.clearRequests();
            String text = "One sentence. ".repeat(25);

            PostTooLongException e = catchThrowableOfType(PostTooLongException.class, () -> bsky.post(text));

            assertThat(e).hasMessageContaining("350 graphemes, 50 more than the limit of 300");
            assertThat(e.graphemes()).isEqualTo(350);
            assertThat(e.excessGraphemes()).isEqualTo(50);
            assertThat(e.excessBytes()).isZero();
            assertThat(e.split()).hasSize(2).allMatch(part -> part.fits(300, 3_000));
            assertThat(pds.requests()).isEmpty();
        }

        /** R7: a family emoji is one grapheme of 25 bytes. */
        @Test
        void tooManyBytes_isRefusedBeforeAnythingIsSent() {
            String text = "👨‍👩‍👧‍👦".repeat(130);

            PostTooLongException e = catchThrowableOfType(PostTooLongException.class, () -> bsky.post(text));

            assertThat(e).hasMessageContaining("3250 bytes of UTF-8, 250 more than the limit of 3000");
            assertThat(e.excessGraphemes()).isZero();
            assertThat(e.excessBytes()).isEqualTo(250);
        }

        @Test
        void richTextIsPostedAsItIs() {
            bsky.post(p -> p.text(RichText.builder()
                    .text("#no ")
                    .link("tag", "https://example.com")
                    .build()));

            assertThat(only().facets()).hasSize(1);
        }
    }

    @Nested
    class Fields {
        @Test
        void languagesTagsLabelsAndTimeAreSet() {
            Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
            bsky.post(p -> p.text("Hello")
                    .langs("en", "pt-BR")
                    .tags("java", "atproto")
                    .labels("graphic-media")
                    .createdAt(time));

            Post post = only();
            assertThat(post.langs()).extracting(Object::toString).containsExactly("en", "pt-BR");
            assertThat(post.tags()).containsExactly("java", "atproto");
            assertThat(post.labels()).asString().contains("graphic-media");
            assertThat(post.createdAt()).hasToString("2026-01-02T03:04:05.678Z");
        }

        @Test
        void timeIsReadFromClock() {
            Clock clock = Clock.fixed(Instant.parse("2026-05-06T07:08:09Z"), ZoneOffset.UTC);
            Bluesky own = Bluesky.of(
                    bsky.client().agent(),
                    SignedIn.OPTIONS.toBuilder().clock(clock).build());

            own.post("Hello");

            assertThat(only().createdAt()).hasToString("2026-05-06T07:08:09.000Z");
        }

        @Test
        void gatesAreWrittenBesideThePost() {
            AtUri list = AtUri.of("at://" + alice.did() + "/app.bsky.graph.list/3jzfcijpj2z2a");
            Posted posted = bsky.post(p -> p.text("Hello")
                    .replies(r -> r.mentioned().followers().following().list(list))
                    .quotes(false));

            String key = String.valueOf(posted.uri().recordKey());
            Threadgate threadgate = Threadgate.RECORD.from(
                    SignedIn.records(pds, alice, "app.bsky.feed.threadgate").get(key));
            assertThat(threadgate.post()).isEqualTo(posted.uri());
            assertThat(threadgate.allow()).hasSize(4);
            Postgate postgate = Postgate.RECORD.from(
                    SignedIn.records(pds, alice, "app.bsky.feed.postgate").get(key));
            assertThat(postgate.post()).isEqualTo(posted.uri());
            assertThat(postgate.embeddingRules()).hasSize(1);
            assertThat(posted.cid()).isEqualTo(only().computeCid());
            assertThat(pds.count("com.atproto.repo.applyWrites")).isOne();
        }

        @Test
        void emptyRules_letNobodyReply() {
            bsky.post(p -> p.text("Hello").replies(r -> r.nobody()));

            assertThat(SignedIn.records(pds, alice, "app.bsky.feed.threadgate").values())
                    .singleElement()
                    .satisfies(gate ->
                            assertThat(Threadgate.RECORD.from(gate).allow()).isEmpty());
        }
    }

    @Nested
    class Media {
        @Test
        void imagesAreUploadedFromFileAndMemory(@TempDir Path folder) throws IOException {
            Path file = Files.write(folder.resolve("pixel.png"), PNG);

            bsky.post(p -> p.text("Look").image(file, "A pixel").image(PNG, ""));

            Images images = ((Post.Embed.Images) only().embed()).value();
            assertThat(images.images()).extracting(Images.Image::alt).containsExactly("A pixel", "");
            assertThat(images.images())
                    .extracting(Images.Image::aspectRatio)
                    .containsOnly(AspectRatio.builder().width(1).height(1).build());
            assertThat(pds.count(UPLOAD)).isEqualTo(2);
        }

        @Test
        void galleryShowsUpTo20Images() {
            bsky.post(p -> {
                p.gallery();
                for (int i = 0; i < 20; i++) {
                    p.image(PNG, "Image " + i);
                }
            });

            Gallery gallery = ((Post.Embed.Gallery) only().embed()).value();
            assertThat(gallery.items())
                    .extracting(item -> ((Gallery.ItemsItem.Image) item).value().alt())
                    .hasSize(20)
                    .startsWith("Image 0", "Image 1")
                    .endsWith("Image 19");
        }

        @Test
        void uploadedImageIsUsedAsItIs() {
            bsky.post(p -> p.image(PNG, "First"));
            Images.Image first =
                    ((Post.Embed.Images) only().embed()).value().images().get(0);

            Posted posted = bsky.post(p -> p.image(PostImage.of(first.image(), "Again", 3, 2)));

            Post post =
                    SignedIn.posts(pds, alice).get(String.valueOf(posted.uri().recordKey()));
            Images.Image again =
                    ((Post.Embed.Images) post.embed()).value().images().get(0);
            assertThat(again.image()).isEqualTo(first.image());
            assertThat(again.aspectRatio().width()).isEqualTo(3);
            assertThat(pds.count(UPLOAD)).isOne();
        }

        @Test
        void missingFile_failsBeforeAnythingIsUploaded(@TempDir Path folder) {
            assertThatThrownBy(() -> bsky.post(p -> p.image(PNG, "").image(folder.resolve("none.png"), "")))
                    .isInstanceOf(InvalidPostException.class)
                    .hasMessageContaining("none.png")
                    .hasCauseInstanceOf(IOException.class);
            assertThat(pds.count(UPLOAD)).isZero();
        }

        /** P1: a retry would fail, too. */
        @Test
        void uploadThatIsTooLarge_isNotRetried() {
            pds.faults().always(UPLOAD, Fault.status(413, "PayloadTooLarge", "request entity too large"));

            assertThatThrownBy(() -> bsky.post(p -> p.image(PNG, "")))
                    .isInstanceOfSatisfying(
                            XrpcResponseException.class,
                            e -> assertThat(e.retryable()).isFalse());
            assertThat(pds.count(UPLOAD)).isOne();
            assertThat(pds.count(CREATE)).isZero();
        }

        /** P1: some servers check the size only when the record is created. */
        @Test
        void recordWithABlobThatIsTooLarge_isNotRetried() {
            pds.faults().always(CREATE, Fault.status(400, "InvalidRequest", "blob too big (maximum 2000000)"));

            assertThatThrownBy(() -> bsky.post(p -> p.image(PNG, "")))
                    .isInstanceOf(XrpcResponseException.class)
                    .hasMessageContaining("blob too big");
            assertThat(pds.count(CREATE)).isOne();
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 503})
        void uploadIsRetriedAfterATemporaryFailure(int status) {
            pds.faults().next(UPLOAD, Fault.status(status));

            bsky.post(p -> p.image(PNG, ""));

            assertThat(pds.count(UPLOAD)).isEqualTo(2);
        }

        @Test
        void uploadIsRetriedAfterALostResponse() {
            pds.faults().next(UPLOAD, Fault.dropAfterProcessing());

            bsky.post(p -> p.image(PNG, ""));

            assertThat(pds.count(UPLOAD)).isEqualTo(2);
        }
    }

    @Nested
    class ExactlyOnce {
        @Test
        void lostResponse_createsOnePost() {
            pds.faults().next(CREATE, Fault.dropAfterProcessing());

            Posted posted = bsky.post("Hello");

            assertThat(SignedIn.posts(pds, alice))
                    .containsOnlyKeys(String.valueOf(posted.uri().recordKey()));
            assertThat(posted.cid()).isEqualTo(only().computeCid());
        }

        @Test
        void key_secondAttemptFindsTheFirst() {
            Posted first = bsky.post(p -> p.text("Hello").key("news/1").image(PNG, ""));
            Posted second = SignedIn.bluesky(pds, alice)
                    .post(p -> p.text("Hello again").key("news/1").image(PNG, ""));

            assertThat(second.uri()).isEqualTo(first.uri());
            assertThat(second.cid()).isEqualTo(first.cid());
            assertThat(first.created()).isTrue();
            assertThat(second.created()).isFalse();
            assertThat(only().text()).isEqualTo("Hello");
            assertThat(pds.count(UPLOAD)).isOne();
        }

        @ParameterizedTest
        @CsvSource({"400, InvalidRequest, Could not locate record", "404, NotFound, no such record"})
        void key_errorOfOtherServers_createsFirstPost(int status, String error, String message) {
            pds.faults().next("com.atproto.repo.getRecord", Fault.status(status, error, message));
            assertThat(bsky.post(p -> p.text("Hello").key("news/1")).created()).isTrue();
            assertThat(bsky.post(p -> p.text("Hello").key("news/1")).created()).isFalse();
            assertThat(only().text()).isEqualTo("Hello");
        }

        @Test
        void key_attemptAfterALostPostFindsIt() {
            Bluesky once = Bluesky.of(bsky.client().agent(), BlueskyOptions.of(o -> o.call(call -> call.retries(0))));
            pds.faults().next(CREATE, Fault.dropAfterProcessing());
            assertThatThrownBy(() -> once.post(p -> p.text("Hello").key("news/1")))
                    .isInstanceOf(XrpcTransportException.class);

            Posted posted = once.post(p -> p.text("Hello").key("news/1"));

            assertThat(posted.created()).isFalse();
            assertThat(posted.cid()).isEqualTo(only().computeCid());
        }

        /** Two processes do the same work, and both look for the post before either has created it. */
        @Test
        void key_concurrentPostByAnotherProcess_isFound() {
            Bluesky other = SignedIn.bluesky(pds, alice);
            Bluesky slow = Bluesky.of(
                    bsky.client().agent(),
                    SignedIn.OPTIONS.toBuilder()
                            .mentionResolver(handle -> {
                                other.post(p -> p.text("Fast").key("news/1"));
                                return bob.did();
                            })
                            .build());

            Posted posted = slow.post(p -> p.text("Slow @bob.test").key("news/1"));

            assertThat(posted.created()).isFalse();
            assertThat(only().text()).isEqualTo("Fast");
        }

        @Test
        void key_differentKeys_createDifferentPosts() {
            bsky.post(p -> p.text("Hello").key("news/1"));
            bsky.post(p -> p.text("Hello").key("news/2"));

            assertThat(SignedIn.posts(pds, alice)).hasSize(2);
        }

        @Test
        void key_withTimeSortsByTime() {
            Posted later = bsky.post(p -> p.text("Later").key("b", Instant.parse("2026-02-01T00:00:00Z")));
            Posted earlier = bsky.post(p -> p.text("Earlier").key("a", Instant.parse("2026-01-31T23:59:59Z")));

            assertThat(SignedIn.posts(pds, alice).keySet())
                    .containsExactly(
                            String.valueOf(earlier.uri().recordKey()),
                            String.valueOf(later.uri().recordKey()));
        }

        @Test
        void key_recordKeyFromCaller_isUsed() {
            Tid key = Tid.next();

            assertThat(bsky.post(p -> p.text("Hello").key(key)).uri().recordKey())
                    .isEqualTo(key.toRecordKey());
        }

        @Test
        void key_timeInTheFutureIsRefused() {
            assertThatThrownBy(() -> bsky.post(
                            p -> p.text("Hello").key("a", Instant.now().plusSeconds(3_600))))
                    .isInstanceOf(InvalidPostException.class)
                    .hasMessageContaining("the key's time is in the future");
        }
    }

    @Nested
    class Deleting {
        @Test
        void deletedPost_isGone_andCanBeDeletedAgain() {
            Posted posted = bsky.post("Hello");

            bsky.delete(posted.uri());
            bsky.delete(posted.uri());
            bsky.delete(posted.webUrl().toString());
            bsky.delete("at://alice.test/app.bsky.feed.post/" + posted.uri().recordKey());

            assertThat(SignedIn.posts(pds, alice)).isEmpty();
        }

        @Test
        void lostResponseIsRetried() {
            Posted posted = bsky.post("Hello");
            pds.faults().next("com.atproto.repo.deleteRecord", Fault.dropAfterProcessing());

            bsky.delete(posted.uri());

            assertThat(SignedIn.posts(pds, alice)).isEmpty();
        }

        @Test
        void postByAnotherAccountIsRejected() {
            AtUri uri = SignedIn.bluesky(pds, bob).post("Hello").uri();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bsky.delete(uri))
                    .withMessageContaining("belongs to another account");
            assertThat(SignedIn.posts(pds, bob)).hasSize(1);
        }

        @Test
        void recordOfAnotherTypeIsRejected() {
            assertThatThrownBy(() -> bsky.delete(AtUri.of("at://" + alice.did() + "/app.bsky.feed.like/3jzfcijpj2z2a")))
                    .hasMessageContaining("is not the address of a post");
        }
    }

    @Test
    void of_agentThatIsNotSignedIn_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bluesky.of(dev.atlex.client.Agent.of(pds.url())))
                .withMessageContaining("not signed in");
    }

    @Test
    void records_areSentWithoutEmptyFields() {
        bsky.post("Hello");

        LexMap record = SignedIn.records(pds, alice, "app.bsky.feed.post")
                .values()
                .iterator()
                .next();
        assertThat(record.keySet()).containsExactlyInAnyOrder("$type", "text", "createdAt");
        assertThat(List.of(record.getString("$type"))).containsExactly("app.bsky.feed.post");
    }
}
