package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetAuthorFeed;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.RecordedRequest;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests feeds, searches and lookups. */
class ReadingTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String TIMELINE = "app.bsky.feed.getTimeline";
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

    private static List<AtUri> uris(Stream<FeedViewPost> feed) {
        return feed.map(item -> item.post().uri()).toList();
    }

    private List<AtUri> postsOfBob(int count) {
        List<AtUri> uris = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uris.add(bobs.post("Post " + i).uri());
        }
        return uris;
    }

    @Test
    void timeline_hasPostsByFollowedAccounts() {
        AtUri post = bobs.post("Hello").uri();
        assertThat(bsky.timeline()).isEmpty();

        bsky.follow(bob.did());

        assertThat(uris(bsky.timeline())).containsExactly(post);
    }

    @Test
    void authorFeed_isTheSameForDidHandleAndPage() {
        AtUri post = bobs.post("Hello").uri();
        AtUri reply = bobs.reply(post, "Me too").uri();

        assertThat(uris(bsky.authorFeed(bob.did()))).containsExactly(reply, post);
        assertThat(uris(bsky.authorFeed("@bob.test"))).containsExactly(reply, post);
        assertThat(uris(bsky.authorFeed("https://bsky.app/profile/bob.test"))).containsExactly(reply, post);
        assertThat(uris(bsky.authorFeed(bob.did(), p -> p.filter("posts_no_replies"))))
                .containsExactly(post);
    }

    @Test
    void authorFeed_byBlockedAccount_isRejected() {
        bobs.block(alice.did());

        assertThatThrownBy(() -> bsky.authorFeed(bob.did()).toList())
                .isInstanceOfSatisfying(
                        XrpcResponseException.class,
                        failure -> assertThat(failure.is(GetAuthorFeed.ERROR_BLOCKED_BY_ACTOR))
                                .isTrue());
    }

    @Test
    void pagesAreFetchedOnDemand() {
        postsOfBob(5);
        pds.clearRequests();
        Stream<FeedViewPost> feed = bsky.authorFeed(bob.did(), p -> p.limit(2));
        assertThat(pds.count("app.bsky.feed.getAuthorFeed")).isZero();

        assertThat(feed.limit(3)).hasSize(3);

        assertThat(pds.count("app.bsky.feed.getAuthorFeed")).isEqualTo(2);
    }

    @Test
    void allPagesAreRead() {
        List<AtUri> posts = postsOfBob(7);

        assertThat(uris(bsky.authorFeed(bob.did(), p -> p.limit(2)))).containsExactlyInAnyOrderElementsOf(posts);
    }

    /** Some servers never stop sending a cursor. */
    @Test
    void repeatedCursor_endsTheStream() {
        pds.handle(
                TIMELINE,
                call -> LexMap.builder()
                        .put("feed", LexArray.of())
                        .put("cursor", "again")
                        .build());

        assertThat(bsky.timeline()).isEmpty();
        assertThat(pds.count(TIMELINE)).isEqualTo(2);
    }

    @Test
    void failedPageIsRetried() {
        bsky.follow(bob.did());
        postsOfBob(1);
        pds.faults().next(TIMELINE, Fault.status(503));

        assertThat(bsky.timeline()).hasSize(1);
    }

    @Test
    void invalidElementIsLeftOut() {
        PostView view = bsky.posts(postsOfBob(1)).findFirst().orElseThrow();
        LexMap valid = LexMap.of("post", view.toLexMap());
        LexMap invalid = LexMap.of("post", LexMap.of("uri", LexValue.of("nonsense")));
        pds.handle(TIMELINE, call -> LexMap.of("feed", LexArray.of(invalid, valid)));

        assertThat(uris(bsky.timeline())).containsExactly(view.uri());
    }

    @Test
    void posts_areLookedUpInBatchesOf25() {
        List<AtUri> posts = postsOfBob(30);
        posts.add(AtUri.of(alice.did(), posts.get(0).collection(), posts.get(0).recordKey()));
        posts.add(posts.get(0));
        pds.clearRequests();

        assertThat(bsky.posts(posts).map(PostView::uri)).containsExactlyElementsOf(posts.subList(0, 30));
        assertThat(pds.count(GET_POSTS)).isEqualTo(2);

        pds.clearRequests();
        assertThat(bsky.posts(posts).limit(3)).hasSize(3);
        assertThat(pds.count(GET_POSTS)).isEqualTo(1);
        assertThat(bsky.posts(List.of())).isEmpty();
    }

    /** If the URI of a record contains a handle, the AppView fails or finds nothing. */
    @Test
    void handlesInUris_areReplacedByDids() {
        AtUri post = bobs.post("Hello").uri();
        bsky.like(post);
        AtUri byHandle = AtUri.of("at://bob.test/app.bsky.feed.post/" + post.recordKey());
        AtUri unknown = AtUri.of("at://nobody.test/app.bsky.feed.post/" + post.recordKey());
        pds.clearRequests();

        assertThat(bsky.posts(List.of(byHandle, unknown)).map(PostView::uri)).containsExactly(post);
        assertThat(bsky.likes(byHandle)).hasSize(1);
        assertThat(bsky.quotes(byHandle)).isEmpty();
        assertThat(bsky.readThread(byHandle).post().uri()).isEqualTo(post);

        assertThat(pds.requests().stream().map(RecordedRequest::toString).filter(r -> r.contains("at%3A%2F%2Fbob")))
                .isEmpty();
    }

    @Test
    void resolve_replacesTheHandle() {
        assertThat(bsky.resolve("https://bsky.app/profile/bob.test/post/3k"))
                .hasToString("at://" + bob.did() + "/app.bsky.feed.post/3k");
        assertThat(bsky.resolve("at://bob.test")).isEqualTo(AtUri.of(bob.did()));
    }

    @Test
    void profiles_areLookedUpInBatchesOf25() {
        List<AtIdentifier> actors = new ArrayList<>(List.of(bob.did(), Handle.of("alice.test")));
        for (int i = 0; i < 30; i++) {
            actors.add(Did.of("did:plc:" + "a".repeat(22) + (char) ('b' + i % 20) + (char) ('b' + i / 20)));
        }
        pds.clearRequests();

        assertThat(bsky.profiles(actors).map(ProfileViewDetailed::did)).containsExactly(bob.did(), alice.did());
        assertThat(pds.count("app.bsky.actor.getProfiles")).isEqualTo(2);
    }

    @Test
    void profile_ofOneselfAndOthers() {
        assertThat(bsky.profile().did()).isEqualTo(alice.did());
        assertThat(bsky.profile("bob.test").did()).isEqualTo(bob.did());
        assertThatThrownBy(() -> bsky.profile("nobody.test")).isInstanceOf(XrpcException.class);
    }

    @Test
    void followersAndFollows() {
        bsky.follow(bob.did());

        assertThat(bsky.follows("alice.test").map(ProfileView::did)).containsExactly(bob.did());
        assertThat(bsky.followers("bob.test").map(ProfileView::did)).containsExactly(alice.did());
    }

    @Test
    void likesRepostsAndQuotes() {
        AtUri post = bobs.post("Hello").uri();
        bsky.like(post);
        bsky.repost(post);
        AtUri quote = bsky.quote(post, "Look").uri();

        assertThat(bsky.likes(post.toString()).map(like -> like.actor().did())).containsExactly(alice.did());
        assertThat(bsky.repostedBy(post.toString()).map(ProfileView::did)).containsExactly(alice.did());
        assertThat(bsky.quotes(post.toString()).map(PostView::uri)).containsExactly(quote);
        assertThat(uris(bsky.likedPosts())).containsExactly(post);
    }

    @Test
    void search_findsPostsAndActors() {
        AtUri post = bobs.post("A zebra crossing").uri();
        bobs.post("A horse");

        assertThat(bsky.search("zebra").map(PostView::uri)).containsExactly(post);
        assertThat(bsky.search("zebra", p -> p.author(alice.did()))).isEmpty();
        assertThat(bsky.searchActors("bob").map(ProfileView::did)).containsExactly(bob.did());
    }
}
