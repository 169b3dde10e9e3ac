package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppViewFeedTest {
    private static final String TIMELINE = "app.bsky.feed.getTimeline";
    private static final String AUTHOR = "app.bsky.feed.getAuthorFeed";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Person alice;
    private Person bob;
    private Person carol;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice, TestAccount bob, TestAccount carol) {
        this.alice = new Person(pds, alice);
        this.bob = new Person(pds, bob);
        this.carol = new Person(pds, carol);
    }

    private static String text(LexMap item) {
        String reason =
                item.getMap("reason") == null ? "" : item.getMap("reason").type();
        return Person.text(item.getMap("post")) + reason.replace("app.bsky.feed.defs#reason", " ");
    }

    private static List<String> feed(Person viewer, String method, Object... params) {
        return viewer.list("feed", AppViewFeedTest::text, method, params);
    }

    private static List<String> authorFeed(Person viewer, Person author, Object... params) {
        Object[] all = new Object[params.length + 2];
        all[0] = "actor";
        all[1] = author.did();
        System.arraycopy(params, 0, all, 2, params.length);
        return feed(viewer, AUTHOR, all);
    }

    private static void mute(Person viewer, Person muted, String scope) {
        viewer.call("app.bsky.graph.muteActor", "{'actor':'" + muted.did() + "'" + scope + "}")
                .ok();
    }

    @Nested
    class Timeline {
        @Test
        void showsOwnAndFollowedAccountsNewestFirst() {
            alice.follow(bob);
            Person.Ref first = alice.post("mine");
            bob.post("followed");
            Person.Ref strange = carol.post("stranger");
            bob.repost(strange);
            bob.reply("reply", first, first);

            assertThat(feed(alice, TIMELINE)).containsExactly("reply", "stranger Repost", "followed", "mine");
            assertThat(feed(carol, TIMELINE)).containsExactly("stranger");
        }

        @Test
        void pages_showEachItemOnce() {
            alice.follow(bob);
            for (int i = 0; i < 5; i++) {
                (i % 2 == 0 ? alice : bob).post("post " + i);
            }
            assertThat(alice.pages(2, "feed", AppViewFeedTest::text, TIMELINE))
                    .containsExactly("post 4", "post 3", "post 2", "post 1", "post 0");
            assertThat(alice.query(TIMELINE, "cursor", "x").error()).isEqualTo("400 InvalidRequest: Malformed cursor");
        }

        @Test
        void sortedByCreatedAt() {
            alice.post("new", ",'createdAt':'2024-01-03T00:00:00Z'");
            alice.post("old", ",'createdAt':'2024-01-02T00:00:00Z'");

            assertThat(feed(alice, TIMELINE)).containsExactly("new", "old");
        }

        @Test
        void mutesAndBlocks_hide() {
            alice.follow(bob);
            bob.repost(carol.post("by carol"));
            bob.post("by bob");
            mute(alice, carol, "");
            assertThat(feed(alice, TIMELINE)).containsExactly("by bob");
            mute(alice, bob, "");
            assertThat(feed(alice, TIMELINE)).isEmpty();
            bob.block(alice);
            alice.call("app.bsky.graph.unmuteActor", "{'actor':'" + bob.did() + "'}")
                    .ok();
            assertThat(feed(alice, TIMELINE)).isEmpty();
        }

        @Test
        void scopedMutes_hideRepostsAndQuotes() {
            alice.follow(bob);
            Person.Ref post = carol.post("by carol");
            bob.repost(post);
            bob.quote("quote", post);
            bob.post("plain");

            mute(alice, bob, ",'onlyReposts':true");
            assertThat(feed(alice, TIMELINE)).containsExactly("plain", "quote");
            mute(alice, bob, ",'onlyQuoteposts':true");
            assertThat(feed(alice, TIMELINE)).containsExactly("plain", "by carol Repost");
        }

        @Test
        void replyToBlockedAccount_isHidden() {
            alice.follow(bob);
            Person.Ref post = carol.post("by carol");
            bob.reply("reply", post, post);
            alice.block(carol);

            assertThat(feed(alice, TIMELINE)).isEmpty();
        }

        @Test
        void reply_showsRootParentAndGrandparentAuthor() {
            Person.Ref root = alice.post("root");
            Person.Ref first = bob.reply("first", root, root);
            Person.Ref second = carol.reply("second", root, first);
            bob.delete(first);

            LexMap item = (LexMap) carol.get(TIMELINE).getArray("feed").get(0);
            assertThat(Person.text(item.getMap("reply").getMap("root"))).isEqualTo("root");
            assertThat(item.getMap("reply").getMap("parent").type()).isEqualTo("app.bsky.feed.defs#notFoundPost");
            alice.reply("third", root, second);
            LexMap third = (LexMap) alice.get(TIMELINE).getArray("feed").get(0);
            assertThat(third.getMap("reply").getMap("grandparentAuthor").getString("did"))
                    .isEqualTo(bob.did());
        }
    }

    @Nested
    class AuthorFeed {
        @Test
        void filters() {
            Person.Ref root = alice.post("root");
            Person.Ref own = alice.reply("own", root, root);
            Person.Ref others = bob.post("others");
            alice.reply("elsewhere", others, others);
            Person.Ref between = bob.reply("between", root, own);
            alice.reply("after", root, between);
            String blob = alice.upload(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "image/png");
            alice.post(
                    "image", ",'embed':{'$type':'app.bsky.embed.images','images':[{'alt':'','image':" + blob + "}]}");
            alice.repost(others);

            assertThat(authorFeed(bob, alice))
                    .containsExactly("others Repost", "image", "after", "elsewhere", "own", "root")
                    .isEqualTo(authorFeed(bob, alice, "filter", "posts_with_replies"));
            assertThat(authorFeed(bob, alice, "filter", "posts_no_replies"))
                    .containsExactly("others Repost", "image", "root");
            assertThat(authorFeed(bob, alice, "filter", "posts_with_media")).containsExactly("image");
            assertThat(authorFeed(bob, alice, "filter", "posts_with_video")).isEmpty();
            assertThat(authorFeed(bob, alice, "filter", "posts_and_author_threads"))
                    .containsExactly("others Repost", "image", "own", "root");
        }

        @Test
        void pinnedPost_comesFirst() {
            Person.Ref pinned = alice.post("pinned");
            alice.post("newer");
            alice.profile("'pinnedPost':" + pinned.json());

            assertThat(authorFeed(bob, alice, "includePins", "true")).containsExactly("pinned Pin", "newer");
            assertThat(authorFeed(bob, alice)).containsExactly("newer", "pinned");
            assertThat(alice.view(pinned).getMap("viewer").getBoolean("pinned")).isTrue();
        }

        @Test
        void blocksAreErrors_andStrangersAreNotFound(LocalPds pds) {
            alice.block(bob);

            assertThat(alice.query(AUTHOR, "actor", bob.did()).error())
                    .isEqualTo("400 BlockedActor: Requester has blocked actor: " + bob.did());
            assertThat(bob.query(AUTHOR, "actor", alice.did()).error())
                    .isEqualTo("400 BlockedByActor: Requester is blocked by actor: " + alice.did());
            assertThat(bob.query(AUTHOR, "actor", "nobody.test").error())
                    .isEqualTo("400 InvalidRequest: Profile not found");
            pds.deactivate(dev.atlex.syntax.Did.of(carol.did()));
            assertThat(bob.query(AUTHOR, "actor", carol.did()).error())
                    .isEqualTo("400 InvalidRequest: Profile not found");
        }
    }

    @Test
    void invalidRecord_isNotIndexed() {
        String write = "{'repo':'" + alice.did()
                + "','validate':false,'collection':'app.bsky.feed.post','rkey':'3jzfcijpj2z2a'"
                + ",'record':{'$type':'app.bsky.feed.post','createdAt':'" + Person.TIME + "'";
        alice.call("com.atproto.repo.putRecord", write + ",'text':'valid'}}").ok();
        assertThat(feed(alice, TIMELINE)).containsExactly("valid");

        alice.call("com.atproto.repo.putRecord", write + ",'text':7}}").ok();
        assertThat(feed(alice, TIMELINE)).isEmpty();
    }

    @Test
    void listFeed_showsPostsOfMembers() {
        Person.Ref list = alice.list("friends", "curatelist");
        alice.addTo(list, bob);
        bob.post("by bob");
        bob.repost(carol.post("by carol"));

        assertThat(feed(alice, "app.bsky.feed.getListFeed", "list", list.uri())).containsExactly("by bob");
    }

    @Nested
    class Reactions {
        @Test
        void likesRepostsAndQuotes_areListedAndCounted() {
            Person.Ref post = alice.post("post");
            Person.Ref like = bob.like(post);
            Person.Ref repost = carol.repost(post);
            carol.quote("quote", post);
            String uri = post.uri();

            assertThat(alice.list(
                            "likes",
                            each -> each.getMap("actor").getString("did"),
                            "app.bsky.feed.getLikes",
                            "uri",
                            uri))
                    .containsExactly(bob.did());
            assertThat(alice.list(
                            "repostedBy", each -> each.getString("did"), "app.bsky.feed.getRepostedBy", "uri", uri))
                    .containsExactly(carol.did());
            assertThat(alice.list("posts", Person::text, "app.bsky.feed.getQuotes", "uri", uri))
                    .containsExactly("quote");
            LexMap view = bob.view(post);
            assertThat(view.getInteger("likeCount")).isEqualTo(1);
            assertThat(view.getInteger("repostCount")).isEqualTo(1);
            assertThat(view.getInteger("quoteCount")).isEqualTo(1);
            assertThat(view.getMap("viewer").getString("like")).isEqualTo(like.uri());
            assertThat(carol.view(post).getMap("viewer").getString("repost")).isEqualTo(repost.uri());

            bob.delete(like);
            assertThat(alice.view(post).getInteger("likeCount")).isZero();
            assertThat(bob.view(post).getMap("viewer").getString("like")).isNull();
        }

        @Test
        void blockedAccounts_areNotListed() {
            Person.Ref post = alice.post("post");
            bob.like(post);
            bob.repost(post);
            bob.quote("quote", post);
            bob.block(alice);

            String uri = post.uri();
            assertThat(carol.get("app.bsky.feed.getLikes", "uri", uri).getArray("likes"))
                    .isEmpty();
            assertThat(alice.get("app.bsky.feed.getRepostedBy", "uri", uri).getArray("repostedBy"))
                    .isEmpty();
            assertThat(carol.get("app.bsky.feed.getQuotes", "uri", uri).getArray("posts"))
                    .isEmpty();
        }

        @Test
        void actorLikes_areOnlyVisibleToActor() {
            bob.like(alice.post("liked"));

            assertThat(feed(bob, "app.bsky.feed.getActorLikes", "actor", bob.handle()))
                    .containsExactly("liked");
            assertThat(alice.query("app.bsky.feed.getActorLikes", "actor", bob.did())
                            .error())
                    .isEqualTo("400 InvalidRequest: Profile not found");
        }

        @Test
        void duplicateLike_countsOnce() {
            Person.Ref post = alice.post("post");
            String write = "{'$type':'com.atproto.repo.applyWrites#create','collection':'app.bsky.feed.like','value':"
                    + "{'$type':'app.bsky.feed.like','subject':" + post.json() + ",'createdAt':'" + Person.TIME + "'},"
                    + "'rkey':'";
            bob.call(
                            "com.atproto.repo.applyWrites",
                            "{'repo':'" + bob.did() + "','writes':[" + write + "3jzfcijpj2z2a'}," + write
                                    + "3jzfcijpj2z2b'}]}")
                    .ok();
            Person.Ref first = new Person.Ref("at://" + bob.did() + "/app.bsky.feed.like/3jzfcijpj2z2a", "");

            assertThat(alice.view(post).getInteger("likeCount")).isEqualTo(1);
            assertThat(bob.view(post).getMap("viewer").getString("like")).isEqualTo(first.uri());
            bob.delete(first);
            assertThat(bob.view(post).getMap("viewer").getString("like")).endsWith("/3jzfcijpj2z2b");
            assertThat(alice.view(post).getInteger("likeCount")).isEqualTo(1);
        }
    }
}
