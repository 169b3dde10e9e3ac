package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.feed.Post;
import com.atproto.repo.StrongRef;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers such as R9 refer to failure modes in {@code docs/failure-modes.md}. */
class ThreadTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String APPLY = "com.atproto.repo.applyWrites";

    /** Text that is split into 3 parts. */
    private static final String LONG = "This sentence has forty-six characters, or so. ".repeat(15);

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

    /** Returns the posts in reading order, after checking that each refers to the one before it and to the root. */
    private List<Post> chain(@Nullable StrongRef parent, @Nullable StrongRef root) {
        List<Post> chain = new ArrayList<>();
        StrongRef before = parent;
        StrongRef first = root;
        for (var stored : SignedIn.posts(pds, alice).entrySet()) {
            Post post = stored.getValue();
            if (before == null) {
                assertThat(post.reply()).isNull();
            } else {
                assertThat(post.reply().parent()).isEqualTo(before);
                assertThat(post.reply().root()).isEqualTo(first);
            }
            before = StrongRefs.of(
                    AtUri.of("at://" + alice.did() + "/app.bsky.feed.post/" + stored.getKey()), cid(stored.getKey()));
            first = first == null ? before : first;
            chain.add(post);
        }
        return chain;
    }

    /** Returns the CID that the server has computed. */
    private Cid cid(String key) {
        return Objects.requireNonNull(bsky.client().get(Post.RECORD, key).cid());
    }

    @Test
    void longText_becomesAChainInOneCommit() {
        PostedThread thread = bsky.thread(LONG);

        List<Post> chain = chain(null, null);
        assertThat(chain).hasSize(3);
        assertThat(String.join(" ", chain.stream().map(Post::text).toList())).isEqualTo(LONG.strip());
        assertThat(chain)
                .extracting(post -> post.createdAt().toString())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(thread.posts())
                .extracting(Posted::cid)
                .containsExactlyElementsOf(chain.stream().map(Post::computeCid).toList());
        assertThat(thread.created()).isTrue();
        assertThat(pds.count(APPLY)).isOne();
    }

    @Test
    void numbered_eachPartEndsWithItsNumber() {
        bsky.thread(LONG, t -> t.numbered(true));

        assertThat(chain(null, null))
                .extracting(Post::text)
                .satisfiesExactly(
                        one -> assertThat(one).endsWith(" (1/3)"),
                        two -> assertThat(two).endsWith(" (2/3)"),
                        three -> assertThat(three).endsWith(" (3/3)"));
    }

    @Test
    void shortText_becomesOnePostWithoutNumber() {
        PostedThread thread = bsky.thread("Short", t -> t.numbered(true));

        assertThat(thread.first()).isEqualTo(thread.last());
        assertThat(chain(null, null)).extracting(Post::text).containsExactly("Short");
    }

    @Test
    void optionsCompleteFirstAndEachPost() {
        bsky.thread(
                LONG,
                t -> t.each(p -> p.langs("en"))
                        .first(p -> p.image(PostTest.PNG, "A pixel").replies(r -> r.following())));

        List<Post> chain = chain(null, null);
        assertThat(chain).allSatisfy(post -> assertThat(post.langs()).hasSize(1));
        assertThat(chain).extracting(post -> post.embed() != null).containsExactly(true, false, false);
        assertThat(SignedIn.records(pds, alice, "app.bsky.feed.threadgate")).hasSize(1);
    }

    /** R9, for each part. */
    @Test
    void threadAsReply_hasRootOfParent() {
        Bluesky bobs = SignedIn.bluesky(pds, bob);
        Posted root = bobs.post("Root");
        Posted parent = bobs.reply(root.uri(), "Parent");

        bsky.thread(LONG, t -> t.reply(parent.webUrl().toString()));

        assertThat(chain(parent.ref(), root.ref())).hasSize(3);
    }

    @Test
    void severalPosts_haveTheirOwnMedia() {
        Posted quoted = SignedIn.bluesky(pds, bob).post("Quoted");

        PostedThread thread = bsky.thread(List.of(
                NewPost.of("One @nobody.test"),
                NewPost.of(p -> p.image(PostTest.PNG, "Two")),
                NewPost.of(p -> p.text("Three @nobody.test").quote(quoted.uri()).quotes(false))));

        assertThat(chain(null, null)).hasSize(3);
        assertThat(thread.unresolvedMentions()).containsExactly(Handle.of("nobody.test"));
        assertThat(SignedIn.records(pds, alice, "app.bsky.feed.postgate"))
                .containsOnlyKeys(String.valueOf(thread.last().uri().recordKey()));
    }

    @Test
    void firstPostHasKeyOfThread() {
        List<NewPost> posts = List.of(NewPost.of(p -> p.text("One").key("a")), NewPost.of("Two"));

        PostedThread first = bsky.thread(posts);
        PostedThread second = bsky.thread(posts);

        assertThat(second.posts())
                .extracting(Posted::uri)
                .containsExactlyElementsOf(
                        first.posts().stream().map(Posted::uri).toList());
        assertThat(second.created()).isFalse();
        assertThat(chain(null, null)).hasSize(2);
    }

    @Test
    void deletingOnePost_keepsOthers() {
        PostedThread thread = bsky.thread(LONG);

        bsky.delete(thread.posts().get(1).uri());

        assertThat(SignedIn.posts(pds, alice))
                .containsOnlyKeys(
                        String.valueOf(thread.first().uri().recordKey()),
                        String.valueOf(thread.last().uri().recordKey()));
    }

    /** The server rejects the whole batch, because the second post already exists. */
    @Test
    void rerunAfterDeletingTheFirstPost_findsTheOthers() {
        PostedThread thread = bsky.thread(LONG, t -> t.key("essay"));
        bsky.delete(thread.first().uri());

        PostedThread again = bsky.thread(LONG, t -> t.key("essay"));

        assertThat(again.posts())
                .extracting(Posted::uri)
                .containsExactly(
                        thread.posts().get(1).uri(), thread.posts().get(2).uri());
        assertThat(again.created()).isFalse();
        assertThat(SignedIn.posts(pds, alice)).hasSize(2);
    }

    /** Apps delete a post without its gates, so these already exist when the post is created again. */
    @Test
    void rerunAfterDeletingAllPosts_createsThemAgain() {
        PostedThread thread = gated();
        thread.posts().forEach(post -> bsky.delete(post.uri()));
        assertThat(SignedIn.records(pds, alice, "app.bsky.feed.postgate")).hasSize(3);

        PostedThread again = gated();

        assertThat(again.created()).isTrue();
        assertThat(chain(null, null)).hasSize(3);
        assertThat(SignedIn.records(pds, alice, "app.bsky.feed.postgate")).hasSize(3);
        assertThat(SignedIn.records(pds, alice, "app.bsky.feed.threadgate")).hasSize(1);
    }

    private PostedThread gated() {
        return bsky.thread(
                LONG, t -> t.key("essay").each(p -> p.quotes(false)).first(p -> p.replies(r -> r.following())));
    }

    /** R10: no part of the thread must exist. */
    @Test
    void deletedParent_nothingIsPosted() {
        Posted parent = SignedIn.bluesky(pds, bob).post("Root");
        SignedIn.bluesky(pds, bob).delete(parent.uri());

        assertThatThrownBy(() -> bsky.thread(LONG, t -> t.reply(parent.uri())))
                .isInstanceOf(PostUnavailableException.class);
        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    @Test
    void refusedThread_nothingIsPostedAndNothingIsRetried() {
        pds.faults().always(APPLY, Fault.status(400, "InvalidRequest", "no"));

        XrpcResponseException e = catchThrowableOfType(XrpcResponseException.class, () -> bsky.thread(LONG));

        assertThat(e.status()).isEqualTo(400);
        assertThat(pds.count(APPLY)).isOne();
        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    @Nested
    class Faults {
        static Stream<Fault> faults() {
            return Stream.of(
                    Fault.dropBeforeProcessing(),
                    Fault.dropAfterProcessing(),
                    Fault.status(500),
                    Fault.status(503),
                    Fault.html(502),
                    Fault.truncatedBody(),
                    Fault.garbageJson(),
                    Fault.emptyBody(),
                    Fault.rateLimited(0));
        }

        @ParameterizedTest
        @MethodSource("faults")
        void threadExistsOnceAfterAFailedWrite(Fault fault) {
            pds.faults().next(APPLY, fault);

            PostedThread thread = bsky.thread(LONG);

            assertThat(thread.posts()).hasSize(3);
            assertThat(chain(null, null)).hasSize(3);
        }

        @ParameterizedTest
        @MethodSource("faults")
        void threadExistsOnceAfterAFailedCheck(Fault fault) {
            pds.faults().next(APPLY, Fault.dropAfterProcessing()).next("com.atproto.repo.getRecord", fault);

            bsky.thread(LONG);

            assertThat(chain(null, null)).hasSize(3);
        }
    }

    /** Kills the process at each request, before and after the server has processed the request, and runs it again. */
    @Nested
    class Kills {
        /** More requests than writing a thread takes. */
        private static final int STEPS = 12;

        static Stream<Arguments> kills() {
            return IntStream.rangeClosed(1, STEPS)
                    .boxed()
                    .flatMap(step -> Stream.of(true, false).map(processed -> Arguments.of(step, processed)));
        }

        @ParameterizedTest
        @MethodSource("kills")
        void rerunAfterKill_createsOneThread(int step, boolean processed) {
            Posted parent = SignedIn.bluesky(pds, bob).post("Root");
            Agent agent = bsky.client().agent();
            try {
                post(Bluesky.of(new DyingAgent(agent, step, processed), SignedIn.OPTIONS), parent);
            } catch (Killed e) {
                assertThat(SignedIn.posts(pds, alice).size()).isIn(0, 3);
            }

            PostedThread thread = post(SignedIn.bluesky(pds, alice), parent);

            assertThat(chain(parent.ref(), parent.ref())).hasSize(3);
            assertThat(thread.posts()).hasSize(3);
            assertThat(SignedIn.records(pds, alice, "app.bsky.feed.postgate")).hasSize(3);
        }

        private PostedThread post(Bluesky account, Posted parent) {
            return account.thread(
                    "@bob.test " + LONG,
                    t -> t.numbered(true)
                            .key("essay")
                            .reply(parent.uri())
                            .each(p -> p.quotes(false))
                            .first(p -> p.image(PostTest.PNG, "")));
        }
    }

    /** Simulates the end of the process. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private record DyingAgent(Agent agent, int step, boolean processed, AtomicInteger requests) implements Agent {
        DyingAgent(Agent agent, int step, boolean processed) {
            this(agent, step, processed, new AtomicInteger());
        }

        @Override
        public @Nullable Did did() {
            return agent.did();
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            int number = requests.incrementAndGet();
            if (number > step || number == step && !processed) {
                throw new Killed();
            }
            TransportResponse response = agent.send(request);
            if (number == step) {
                response.readAll();
                throw new Killed();
            }
            return response;
        }
    }
}
