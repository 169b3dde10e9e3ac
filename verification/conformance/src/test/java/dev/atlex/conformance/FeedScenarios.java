package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.feed.FeedDefs;
import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetAuthorFeed;
import app.bsky.feed.GetTimeline;
import dev.atlex.bluesky.Posted;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scenarios for feeds and search. */
abstract class FeedScenarios extends BlueskyScenarios {
    FeedScenarios(BlueskyServer server) {
        super(server);
    }

    private static List<String> shown(Stream<FeedViewPost> feed) {
        return feed.map(item -> record(item.post()).text()).toList();
    }

    @Test
    void timeline_showsFollowedAccounts_latestFirst() {
        Person alice = person();
        Person bob = person();
        Person stranger = person();
        alice.bsky().follow(bob.did());
        server.index();
        Posted one = bob.bsky().post("One");
        server.index();
        alice.bsky().post("Two");
        server.index();
        Posted three = stranger.bsky().post("Three");
        server.index();
        assertThat(shown(alice.bsky().timeline())).containsExactly("Two", "One");

        bob.bsky().repost(three.uri());
        server.index();
        stranger.bsky().reply(one.uri(), "Four");
        server.index();

        List<FeedViewPost> timeline = alice.bsky().timeline().toList();
        assertThat(shown(timeline.stream())).containsExactly("Three", "Two", "One");
        assertThat(timeline.get(0).reason()).isInstanceOf(FeedViewPost.Reason.ReasonRepost.class);
        FeedDefs.ReasonRepost repost =
                ((FeedViewPost.Reason.ReasonRepost) timeline.get(0).reason()).value();
        assertThat(repost.by().did()).isEqualTo(bob.did());
        assertThat(shown(
                        alice.client().pages(GetTimeline.QUERY, p -> p.limit(1)).items(GetTimeline.Output::feed)))
                .containsExactly("Three", "Two", "One");
    }

    @Test
    void replyInATimeline_showsParentAndRoot() {
        Person alice = person();
        Person bob = person();
        Posted root = bob.bsky().post("Root");
        Posted middle = bob.bsky().reply(root.uri(), "Middle");
        bob.bsky().reply(middle.uri(), "Leaf");
        alice.bsky().follow(bob.did());
        server.index();

        FeedViewPost leaf = alice.bsky().timeline().findFirst().orElseThrow();

        assertThat(record(leaf.post()).text()).isEqualTo("Leaf");
        FeedDefs.ReplyRef reply = leaf.reply();
        assertThat(((FeedDefs.ReplyRef.Root.PostView) reply.root()).value().uri())
                .isEqualTo(root.uri());
        assertThat(((FeedDefs.ReplyRef.Parent.PostView) reply.parent()).value().uri())
                .isEqualTo(middle.uri());
        assertThat(reply.grandparentAuthor().did()).isEqualTo(bob.did());
    }

    @Test
    void authorFeed_filters() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post("Post");
        alice.bsky().post(p -> p.text("Media").image(SampleImages.png(3, 2), ""));
        alice.bsky().reply(post.uri(), "Own reply");
        Posted other = bob.bsky().post("Other");
        server.index();
        alice.bsky().reply(other.uri(), "Reply to another");
        alice.bsky().repost(other.uri());

        server.index();
        assertThat(feed(bob, alice, GetAuthorFeed.Params.FILTER_POSTS_WITH_REPLIES))
                .containsExactly("Other", "Reply to another", "Own reply", "Media", "Post");
        assertThat(feed(bob, alice, GetAuthorFeed.Params.FILTER_POSTS_NO_REPLIES))
                .containsExactly("Other", "Media", "Post");
        assertThat(feed(bob, alice, GetAuthorFeed.Params.FILTER_POSTS_WITH_MEDIA))
                .containsExactly("Media");
        assertThat(feed(bob, alice, GetAuthorFeed.Params.FILTER_POSTS_AND_AUTHOR_THREADS))
                .containsExactly("Other", "Own reply", "Media", "Post");
        assertThat(feed(bob, alice, GetAuthorFeed.Params.FILTER_POSTS_WITH_VIDEO))
                .isEmpty();
        assertThat(shown(bob.bsky().authorFeed(alice.handle())))
                .containsExactly("Other", "Reply to another", "Own reply", "Media", "Post");
    }

    private static List<String> feed(Person reader, Person author, String filter) {
        return shown(reader.bsky().authorFeed(author.did(), p -> p.filter(filter)));
    }

    @Test
    void authorFeed_isOrderedByTime_overPages() {
        Person alice = person();
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        for (int i : List.of(3, 0, 4, 1, 2)) {
            alice.bsky().post(p -> p.text("Post " + i).createdAt(start.plusSeconds(i)));
        }
        server.index();

        List<String> expected =
                IntStream.of(4, 3, 2, 1, 0).mapToObj(i -> "Post " + i).toList();
        assertThat(shown(alice.bsky().authorFeed(alice.did()))).isEqualTo(expected);
        assertThat(shown(alice.client()
                        .pages(GetAuthorFeed.QUERY, p -> p.actor(alice.did()).limit(2))
                        .items(GetAuthorFeed.Output::feed)))
                .isEqualTo(expected);
    }

    /** Returns a word that no other scenario uses. */
    private static String uniqueWord(Person person) {
        return "zebra" + person.handle().replaceAll("[^a-z0-9]", "") + "q";
    }

    @Test
    void search_findsPosts() {
        Person alice = person();
        Person bob = person();
        String word = uniqueWord(alice);
        alice.bsky().post("The " + word + " is black");
        server.index();
        bob.bsky().post("A " + word + " and white");
        bob.bsky().post("No animals");

        server.index();
        assertThat(texts(bob.bsky().search(word).toList()))
                .containsExactlyInAnyOrder("The " + word + " is black", "A " + word + " and white");
        assertThat(bob.bsky().search(word + "x").map(PostView::uri)).isEmpty();
    }

    /**
     * Uses only handles, because the search in the AppView's test network supports neither filters nor display names.
     */
    @Test
    void searchActors_findsHandles() {
        Person alice = person();

        assertThat(person().bsky().searchActors(alice.handle()).map(ProfileView::did))
                .contains(alice.did());
        assertThat(alice.bsky().searchActors("nobodyhasthishandle")).isEmpty();
    }
}
