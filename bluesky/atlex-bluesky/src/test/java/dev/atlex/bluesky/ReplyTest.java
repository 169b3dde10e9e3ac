package dev.atlex.bluesky;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.embed.Record;
import app.bsky.embed.RecordWithMedia;
import app.bsky.feed.Post;
import app.bsky.graph.Block;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests replies and quotes. R9 and R10 are explained in {@code docs/failure-modes.md}. */
class ReplyTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String GET_POSTS = "app.bsky.feed.getPosts";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Bluesky bsky;
    private Bluesky bobs;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        bsky = SignedIn.bluesky(pds, alice);
        bobs = SignedIn.bluesky(pds, bob);
    }

    private Post stored(Posted posted) {
        return SignedIn.posts(pds, posted.uri().authority().equals(alice.did()) ? alice : bob)
                .get(String.valueOf(posted.uri().recordKey()));
    }

    @Test
    void replyToFirstPost_rootIsThatPost() {
        Posted root = bobs.post("Root");

        Post reply = stored(bsky.reply(root.uri(), "Reply"));

        assertThat(reply.reply().parent()).isEqualTo(root.ref());
        assertThat(reply.reply().root()).isEqualTo(root.ref());
    }

    /** R9: with the parent as root, the reply would belong to no thread. */
    @Test
    void replyToReply_rootIsRootOfParent() {
        Posted root = bobs.post("Root");
        Posted first = bsky.reply(root.uri(), "First");
        Posted second = bobs.reply(first.uri(), "Second");

        Post third = stored(bsky.reply(second.uri(), "Third"));

        assertThat(third.reply().parent()).isEqualTo(second.ref());
        assertThat(third.reply().root()).isEqualTo(root.ref());
    }

    /** R9: another app has written the parent, and everything else in the record is invalid. */
    @Test
    void rootOfInvalidParentIsFound() {
        Posted root = bobs.post("Root");
        LexMap invalid = stored(bobs.reply(root.uri(), "Reply")).toLexMap().toBuilder()
                .put("text", "x".repeat(400))
                .build();
        AtUri parent = bobs.client()
                .createRecord(invalid, WriteOptions.of(o -> o.validate(false)))
                .body()
                .uri();
        // The AppView doesn't have invalid posts.
        pds.faults().always(GET_POSTS, Fault.status(502));

        assertThat(stored(bsky.reply(parent, "Reply")).reply().root()).isEqualTo(root.ref());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at://%s/app.bsky.feed.post/%s",
                "at://bob.test/app.bsky.feed.post/%2$s",
                "https://bsky.app/profile/bob.test/post/%2$s",
                "https://bsky.app/profile/%s/post/%s?ref_src=embed",
                " https://www.bsky.app/profile/bob.test/post/%2$s/ "
            })
    void parentIsIdentifiedByUriOrPage(String address) {
        Posted root = bobs.post("Root");

        Posted reply = bsky.reply(String.format(address, bob.did(), root.uri().recordKey()), "Reply");

        assertThat(stored(reply).reply().parent()).isEqualTo(root.ref());
    }

    @Test
    void ownPostIsReadFromOwnRepository() {
        Posted root = bsky.post("Root");
        pds.faults().always(GET_POSTS, Fault.status(500));

        assertThat(stored(bsky.reply(root.uri(), "Reply")).reply().root()).isEqualTo(root.ref());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 501, 502})
    void withoutAppView_recordIsRead(int status) {
        Posted root = bobs.post("Root");
        pds.faults().always(GET_POSTS, Fault.status(status));

        assertThat(stored(bsky.reply(root.uri(), "Reply")).reply().root()).isEqualTo(root.ref());
    }

    /** R10: the reply would belong to no thread. */
    @Test
    void deletedParent_isReportedAndNothingIsPosted() {
        Posted root = bobs.post("Root");
        bobs.delete(root.uri());

        PostUnavailableException e =
                catchThrowableOfType(PostUnavailableException.class, () -> bsky.reply(root.uri(), "Reply"));

        assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(e.uri()).isEqualTo(root.uri());
        assertThat(e).hasMessageStartingWith("reply: the post doesn't exist");
        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    @Test
    void deletedOwnParent_isReported() {
        Posted root = bsky.post("Root");
        bsky.delete(root.uri());

        assertReason(Reason.NOT_FOUND, () -> bsky.reply(root.uri(), "Reply"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at://nobody.test/app.bsky.feed.post/3jzfcijpj2z2a",
                "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a"
            })
    void parentByUnknownAccount_failsBeforePosting(String uri) {
        assertThatThrownBy(() -> bsky.reply(uri, "Reply")).isInstanceOf(LexException.class);
        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    /** R10: it doesn't matter which of the two accounts blocks the other. */
    @Test
    void parentByBlockingAccount_isBlocked() {
        Posted root = bobs.post("Root");
        bobs.client().create(Block.RECORD, b -> b.subject(alice.did()).createdAt(Datetime.now()));

        assertReason(Reason.BLOCKED, () -> bsky.reply(root.uri(), "Reply"));
        assertReason(Reason.BLOCKED, () -> bobs.quote(bsky.post("Quoted").uri(), "Quote"));
    }

    /** R10: the AppView omits posts by blocked accounts. */
    @Test
    void parentThatTheAppViewHides_isBlocked() {
        Posted root = bobs.post("Root");
        Bluesky blocked = withViews(views -> LexMap.of("posts", LexArray.of()));

        assertReason(Reason.BLOCKED, () -> blocked.reply(root.uri(), "Reply"));
        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"blockedBy\":true}",
                "{\"blocking\":\"at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.graph.block/3jzfcijpj2z2a\"}"
            })
    void parentByBlockedAuthor_isBlocked(String viewer) {
        Posted root = bobs.post("Root");
        Bluesky blocked = withViews(views -> LexMap.of(
                "posts",
                LexArray.of(post(views).toBuilder()
                        .put(
                                "author",
                                post(views).getMap("author").toBuilder()
                                        .put("viewer", LexValue.parseJson(viewer))
                                        .build())
                        .build())));

        assertReason(Reason.BLOCKED, () -> blocked.reply(root.uri(), "Reply"));
    }

    @Test
    void threadThatIsClosedToTheAccount_isReported() {
        Posted root = bobs.post("Root");
        Bluesky closed = withViewer("replyDisabled");

        assertReason(Reason.REPLIES_DISABLED, () -> closed.reply(root.uri(), "Reply"));
        assertThat(closed.quote(root.uri(), "Quote").created()).isTrue();
    }

    @Test
    void quoteIsEmbedded() {
        Posted quoted = bobs.post("Quoted");

        Post post = stored(bsky.quote(quoted.webUrl().toString(), "Look"));

        assertThat(post.embed())
                .isEqualTo(Post.Embed.of(Record.builder()
                        .record(StrongRefs.of(quoted.uri(), quoted.cid()))
                        .build()));
    }

    @Test
    void quoteWithImage_isRecordWithMedia() {
        Posted quoted = bobs.post("Quoted");

        Post post = stored(bsky.quote(quoted.uri(), p -> p.text("Look").image(PostTest.PNG, "A pixel")));

        RecordWithMedia embed = ((Post.Embed.RecordWithMedia) post.embed()).value();
        assertThat(embed.record().record()).isEqualTo(quoted.ref());
        assertThat(embed.media()).isInstanceOf(RecordWithMedia.Media.Images.class);
    }

    @Test
    void postThatForbidsQuotes_isReported() {
        Posted root = bobs.post("Root");
        Bluesky closed = withViewer("embeddingDisabled");

        assertReason(Reason.QUOTES_DISABLED, () -> closed.quote(root.uri(), "Quote"));
        assertThat(closed.reply(root.uri(), "Reply").created()).isTrue();
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThat(catchThrowableOfType(PostUnavailableException.class, call).reason())
                .isEqualTo(reason);
    }

    private static LexMap post(LexMap views) {
        return (LexMap) views.getArray("posts").get(0);
    }

    private Bluesky withViewer(String flag) {
        return withViews(views -> LexMap.of(
                "posts",
                LexArray.of(post(views).toBuilder()
                        .put("viewer", LexMap.of(flag, LexValue.of(true)))
                        .build())));
    }

    /** Returns Alice's account with an AppView that returns changed posts. */
    private Bluesky withViews(UnaryOperator<LexMap> change) {
        Agent agent = bsky.client().agent();
        return Bluesky.of(
                new Agent() {
                    @Override
                    public @Nullable Did did() {
                        return agent.did();
                    }

                    @Override
                    public TransportResponse send(AgentRequest request) {
                        TransportResponse response = agent.send(request);
                        if (!request.path().contains(GET_POSTS)) {
                            return response;
                        }
                        LexMap views = (LexMap) LexValue.parseJson(new String(response.readAll(), UTF_8));
                        return TransportResponse.of(
                                200,
                                HttpHeaders.of("content-type", "application/json"),
                                change.apply(views).toJson().getBytes(UTF_8));
                    }
                },
                SignedIn.OPTIONS);
    }
}
