package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.feed.FeedDefs.GeneratorView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Like;
import app.bsky.feed.Repost;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that likes, reposts, bookmarks and thread mutes are each created once, and undone completely. */
class ActionsTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String LIKE = "app.bsky.feed.like";
    private static final String GET_POSTS = "app.bsky.feed.getPosts";
    private static final String GET_RECORD = "com.atproto.repo.getRecord";
    private static final String CREATE_RECORD = "com.atproto.repo.createRecord";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Bluesky bsky;
    private Bluesky bobs;
    private Posted post;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        bsky = SignedIn.bluesky(pds, alice);
        bobs = SignedIn.bluesky(pds, bob);
        post = bobs.post("Like me");
    }

    private Map<String, LexMap> records(String collection) {
        return SignedIn.records(pds, alice, collection);
    }

    private PostView view() {
        return bsky.posts(List.of(post.uri())).findFirst().orElseThrow();
    }

    /** Creates a record like another app does, with a key for the current time. */
    private AtUri byAnotherApp(LexMap record) {
        return bsky.client().createRecord(record, WriteOptions.DEFAULTS).body().uri();
    }

    private LexMap likeOfThePost() {
        return Like.builder()
                .subject(post.ref())
                .createdAt(Instant.EPOCH)
                .build()
                .toLexMap();
    }

    @Nested
    class Likes {
        @Test
        void like_createsARecordThatTheAppViewCounts() {
            AtUri like = bsky.like(post.uri());

            Like record = Like.RECORD.from(records(LIKE).get(String.valueOf(like.recordKey())));
            assertThat(record.subject()).isEqualTo(post.ref());
            assertThat(view().likeCount()).isEqualTo(1);
            assertThat(view().viewer().like()).isEqualTo(like);
        }

        @Test
        void like_again_returnsTheFirst() {
            AtUri like = bsky.like(post.uri());
            Map<String, LexMap> before = records(LIKE);

            assertThat(bsky.like(post.uri())).isEqualTo(like);
            assertThat(records(LIKE)).isEqualTo(before);
        }

        /** The AppView lags, so it doesn't know the first like yet at the second call. */
        @Test
        void like_againWhileTheAppViewLags_returnsTheFirst() {
            AtUri like = bsky.like(post.uri());
            Map<String, LexMap> before = records(LIKE);
            pds.faults().always(GET_POSTS, Fault.status(502));

            assertThat(bsky.like(post.uri())).isEqualTo(like);
            assertThat(records(LIKE)).isEqualTo(before);
        }

        @Test
        void likeByAnotherApp_isFound() {
            AtUri like = byAnotherApp(likeOfThePost());

            assertThat(bsky.like(post.uri())).isEqualTo(like);
            assertThat(records(LIKE)).hasSize(1);
        }

        /** The AppView lags, so it still shows a like that was deleted. */
        @Test
        void deletedLikeInView_isIgnored() {
            byAnotherApp(likeOfThePost());
            PostView stale = view();
            bsky.unlike(post.uri());

            AtUri like = bsky.like(stale);

            assertThat(records(LIKE)).containsOnlyKeys(String.valueOf(like.recordKey()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "at://%s/app.bsky.feed.post/%s",
                    "at://bob.test/app.bsky.feed.post/%2$s",
                    "https://bsky.app/profile/bob.test/post/%2$s",
                    "https://bsky.app/profile/%s/post/%s/liked-by"
                })
        void postIsIdentifiedByUriOrPage(String address) {
            bsky.like(String.format(address, bob.did(), post.uri().recordKey()));

            assertThat(view().viewer().like()).isNotNull();
        }

        @Test
        void likeByView_needsNoLookup() {
            PostView view = view();
            pds.clearRequests();

            bsky.like(view);

            assertThat(pds.count(GET_POSTS)).isZero();
            assertThat(records(LIKE)).hasSize(1);
        }

        @Test
        void likeByReference_hasCid() {
            AtUri byHandle =
                    AtUri.of("at://bob.test/app.bsky.feed.post/" + post.uri().recordKey());

            AtUri like = bsky.like(StrongRefs.of(byHandle, post.cid()));

            assertThat(Like.RECORD
                            .from(records(LIKE).get(String.valueOf(like.recordKey())))
                            .subject())
                    .isEqualTo(post.ref());
        }

        /** A program may learn about a post from a stream before the AppView has indexed it. */
        @Test
        void postUnknownToAppView_isLikedByReference() {
            AtUri unknown = AtUri.of("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3jzfcijpj2z2a");

            AtUri like = bsky.like(StrongRefs.of(unknown, post.cid()));

            assertThat(bsky.like(StrongRefs.of(unknown, post.cid()))).isEqualTo(like);
            assertThat(records(LIKE)).hasSize(1);
            bobs.block(alice.did());
            assertThatThrownBy(() -> bsky.like(post.ref())).isInstanceOf(PostUnavailableException.class);
            assertThatThrownBy(() -> bsky.repost(post.ref())).isInstanceOf(PostUnavailableException.class);
        }

        @Test
        void ownPostIsLikedBeforeTheAppViewHasIt() {
            Posted own = bsky.post("Mine");
            pds.handle(GET_POSTS, call -> LexMap.of("posts", LexArray.of()));

            bsky.like(own.uri());

            assertThat(records(LIKE)).hasSize(1);
        }

        @Test
        void feedGenerator_isLikedOnce() {
            AtUri feed = AtUri.of("at://" + bob.did() + "/app.bsky.feed.generator/cats");
            LexMap view = GeneratorView.builder()
                    .uri(feed)
                    .cid(post.cid())
                    .did("did:web:feeds.example.com")
                    .creator(bsky.searchActors("bob").findFirst().orElseThrow())
                    .displayName("Cats")
                    .indexedAt(Datetime.now())
                    .build()
                    .toLexMap();
            pds.handle(
                    "app.bsky.feed.getFeedGenerators",
                    call -> LexMap.of(
                            "feeds",
                            call.params("feeds").contains(feed.toString()) ? LexArray.of(view) : LexArray.of()));

            AtUri like = bsky.like("https://bsky.app/profile/bob.test/feed/cats");
            assertThat(bsky.like(feed)).isEqualTo(like);
            assertThat(Like.RECORD
                            .from(records(LIKE).get(String.valueOf(like.recordKey())))
                            .subject()
                            .uri())
                    .isEqualTo(feed);

            bsky.unlike(feed);
            assertThat(records(LIKE)).isEmpty();
            assertThatThrownBy(() -> bsky.like(AtUri.of(feed + "2"))).isInstanceOf(PostUnavailableException.class);
        }

        /** Another record must not be mistaken for the post with the same key. */
        @Test
        void otherRecords_areRefused() {
            AtUri like = bsky.like(post.uri());
            String page = "https://bsky.app/profile/bob.test";

            assertThatThrownBy(() -> bsky.like(like)).isInstanceOf(InvalidSyntaxException.class);
            assertThatThrownBy(() -> bsky.unlike(page)).isInstanceOf(InvalidSyntaxException.class);
            assertThatThrownBy(() -> bsky.repost(like)).isInstanceOf(InvalidSyntaxException.class);
            assertThatThrownBy(() -> bsky.bookmark(like)).isInstanceOf(InvalidSyntaxException.class);
            assertThatThrownBy(() -> bsky.pin(like)).isInstanceOf(InvalidSyntaxException.class);
            assertThatThrownBy(() -> bsky.readThread(like)).isInstanceOf(InvalidSyntaxException.class);
        }

        /** In the repository, a like is sorted near the time of its post, not at a random time. */
        @Test
        void keyIsNearKeyOfPost() {
            AtUri like = bsky.like(post.uri());

            Duration distance = Duration.between(
                            Tid.of(String.valueOf(post.uri().recordKey())).toInstant(),
                            Tid.of(String.valueOf(like.recordKey())).toInstant())
                    .abs();
            assertThat(distance).isLessThan(Duration.ofSeconds(2));
        }

        @Test
        void deletedPost_isReported() {
            bobs.delete(post.uri());

            PostUnavailableException failure =
                    catchThrowableOfType(PostUnavailableException.class, () -> bsky.like(post.uri()));

            assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
            assertThat(failure).hasMessageStartingWith("like: the post doesn't exist");
            assertThat(records(LIKE)).isEmpty();
        }

        @Test
        void blockedPost_isReported() {
            bobs.block(alice.did());

            PostUnavailableException failure =
                    catchThrowableOfType(PostUnavailableException.class, () -> bsky.repost(post.uri()));

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
        }

        @Test
        void lostResponse_createsOneLike() {
            pds.faults().next(CREATE_RECORD, Fault.dropAfterProcessing());

            AtUri like = bsky.like(post.uri());

            assertThat(records(LIKE)).containsOnlyKeys(String.valueOf(like.recordKey()));
        }

        @Test
        void concurrentLikes_createOneLike() throws Exception {
            Callable<AtUri> like = () -> SignedIn.bluesky(pds, alice).like(post.uri());
            ExecutorService executor = Executors.newFixedThreadPool(4);
            List<AtUri> likes = new ArrayList<>();
            try {
                for (Future<AtUri> done : executor.invokeAll(Collections.nCopies(8, like))) {
                    likes.add(done.get());
                }
            } finally {
                executor.shutdownNow();
            }
            assertThat(likes).containsOnly(likes.get(0));
            assertThat(records(LIKE)).hasSize(1);
        }

        /** Apps can choose any key, so another post's like may have the derived one. */
        @Test
        void derivedKeyTakenByAnotherSubject_getsAnotherKey() {
            AtUri like = bsky.like(post.uri());
            Posted other = bobs.post("Other");
            bsky.client()
                    .put(
                            Like.RECORD,
                            like,
                            Like.builder()
                                    .subject(other.ref())
                                    .createdAt(Instant.EPOCH)
                                    .build());

            AtUri second = bsky.like(post.uri());

            assertThat(second).isNotEqualTo(like);
            assertThat(records(LIKE)).hasSize(2);
        }
    }

    @Test
    void repost_isIdempotentAndUndone() {
        AtUri repost = bsky.repost(post.uri());

        assertThat(bsky.repost(view())).isEqualTo(repost);
        assertThat(bsky.repost(post.ref())).isEqualTo(repost);
        assertThat(Repost.RECORD
                        .from(records("app.bsky.feed.repost")
                                .values()
                                .iterator()
                                .next())
                        .subject())
                .isEqualTo(post.ref());
        assertThat(bsky.repostedBy(post.uri()).map(ProfileView::did)).containsExactly(alice.did());

        bsky.unrepost(post.uri());
        bsky.unrepost(post.uri().toString());

        assertThat(records("app.bsky.feed.repost")).isEmpty();
    }

    @Test
    void bookmark_isIdempotentAndUndone() {
        bsky.bookmark(post.uri());
        bsky.bookmark(post.uri().toString());
        assertThat(bsky.bookmarks().map(b -> b.subject().uri())).containsExactly(post.uri());

        bsky.unbookmark(post.uri());
        bsky.unbookmark(post.uri());
        assertThat(bsky.bookmarks()).isEmpty();
    }

    /** The AppView ignores a mute of any post other than the root. */
    @Test
    void muteThread_ofAReply_mutesTheWholeThread() {
        Posted reply = bobs.reply(post.uri(), "Reply");

        bsky.muteThread(reply.uri());
        assertThat(view().viewer().threadMuted()).isTrue();

        bsky.unmuteThread(reply.uri());
        assertThat(view().viewer().threadMuted()).isFalse();
    }

    /** An action whose record already exists writes nothing. */
    @Test
    void repeatedActions_writeNothing() {
        bsky.like(post.uri());
        bsky.follow(bob.did());
        pds.clearRequests();

        bsky.like(post.uri());
        bsky.follow(bob.did());

        assertThat(pds.count(CREATE_RECORD)).isZero();
        assertThat(pds.count(GET_RECORD)).isEqualTo(2);
    }
}
