package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppViewThreadTest {
    private static final String THREAD = "app.bsky.feed.getPostThread";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Person alice;
    private Person bob;
    private Person carol;
    private Person.Ref root;
    private Person.Ref first;
    private Person.Ref second;

    @BeforeEach
    void startThread(LocalPds pds, TestAccount alice, TestAccount bob, TestAccount carol) {
        this.alice = new Person(pds, alice);
        this.bob = new Person(pds, bob);
        this.carol = new Person(pds, carol);
        root = this.alice.post("root");
        first = this.bob.reply("first", root, root);
        second = this.carol.reply("second", root, first);
    }

    private String tree(Person viewer, Person.Ref post, Object... params) {
        Object[] all = new Object[params.length + 2];
        all[0] = "uri";
        all[1] = post.uri();
        System.arraycopy(params, 0, all, 2, params.length);
        return tree(viewer.get(THREAD, all).getMap("thread"));
    }

    /** Returns {@code parent < text [replies]} with ? for missing and ! for blocked posts. */
    private static String tree(LexMap thread) {
        LexMap post = thread.getMap("post");
        if (post == null) {
            return thread.getBoolean("notFound") != null ? "?" : "!";
        }
        LexMap parent = thread.getMap("parent");
        String replies = thread.getArray("replies") == null
                ? ""
                : Person.values(thread, "replies", AppViewThreadTest::tree).stream()
                        .collect(Collectors.joining(",", "[", "]"));
        return (parent == null ? "" : tree(parent) + " < ") + Person.text(post) + replies;
    }

    @Test
    void thread_showsParentsAndReplies() {
        alice.reply("other", root, root);

        assertThat(tree(alice, root)).isEqualTo("root[other[],first[second[]]]");
        assertThat(tree(alice, second)).isEqualTo("root < first < second[]");
        assertThat(tree(alice, first, "depth", 0)).isEqualTo("root < first");
        assertThat(tree(alice, root, "depth", 1)).isEqualTo("root[other,first]");
        assertThat(tree(alice, second, "parentHeight", 1)).isEqualTo("first < second[]");
        assertThat(tree(alice, second, "parentHeight", 0)).isEqualTo("second[]");
    }

    @Test
    void deletedParent_isNotFound() {
        bob.delete(first);

        assertThat(tree(alice, second)).isEqualTo("? < second[]");
        assertThat(tree(alice, root)).isEqualTo("root[]");
        assertThat(alice.query(THREAD, "uri", first.uri()).error())
                .isEqualTo("400 NotFound: Post not found: " + first.uri());
    }

    @Test
    void uri_mayContainHandle() {
        assertThat(tree(bob, new Person.Ref(root.uri().replace(alice.did(), alice.handle()), "")))
                .startsWith("root[");
        assertThat(bob.query(THREAD, "uri", "at://nobody.test/app.bsky.feed.post/x")
                        .error())
                .isEqualTo("400 NotFound: Post not found: at://nobody.test/app.bsky.feed.post/x");
        assertThat(bob.query(THREAD, "uri", "x").error())
                .isEqualTo(
                        "400 InvalidRequest: Invalid app.bsky.feed.getPostThread params: Invalid at-uri (got \"x\")");
        assertThat(bob.query(THREAD, "uri", root.uri(), "depth", "1001").error())
                .isEqualTo("400 InvalidRequest: Invalid app.bsky.feed.getPostThread params:"
                        + " integer too big (maximum 1000, got 1001)");
    }

    @Test
    void replyWithWrongRoot_isNotInThread() {
        bob.reply("orphan", first, first);

        assertThat(tree(alice, root)).isEqualTo("root[first[second[]]]");
        assertThat(tree(alice, first)).isEqualTo("root < first[second[]]");
    }

    @Nested
    class Blocks {
        @Test
        void blockedAuthor_isPlaceholderInBothDirections() {
            bob.block(alice);

            for (Person viewer : List.of(alice, bob)) {
                Person.Ref others = viewer == alice ? first : root;
                assertThat(tree(viewer, others)).isEqualTo("!");
                assertThat(viewer.view(others)).isNull();
            }
            LexMap blocked = alice.get(THREAD, "uri", first.uri()).getMap("thread");
            assertThat(blocked.getBoolean("blocked")).isTrue();
            assertThat(blocked.getMap("author").getMap("viewer").getBoolean("blockedBy"))
                    .isTrue();
            assertThat(tree(alice, second)).isEqualTo("! < second[]");
        }

        @Test
        void blockBetweenOthers_cutsTheThread() {
            carol.block(bob);

            assertThat(tree(alice, root)).isEqualTo("root[first[]]");
            assertThat(tree(alice, second)).isEqualTo("! < second[]");
        }

        @Test
        void takenDownAuthor_isNotFound(LocalPds pds) {
            pds.takedown(dev.atlex.syntax.Did.of(bob.did()));

            assertThat(tree(alice, second)).isEqualTo("? < second[]");
            assertThat(alice.view(first)).isNull();
        }
    }

    @Nested
    class Gates {
        private void gate(String rules) {
            alice.write("app.bsky.feed.threadgate", root.key(), "'post':'" + root.uri() + "','allow':[" + rules + "]");
        }

        private Boolean replyDisabled(Person viewer, Person.Ref post) {
            return viewer.view(post).getMap("viewer").getBoolean("replyDisabled");
        }

        @Test
        void noGate_nothingIsDisabled() {
            assertThat(replyDisabled(bob, root)).isNull();
            assertThat(bob.view(root).getMap("threadgate")).isNull();
        }

        @Test
        void emptyGate_disablesRepliesByOthers() {
            gate("");

            assertThat(replyDisabled(bob, root)).isTrue();
            assertThat(replyDisabled(bob, second))
                    .as("replies have the gate of their root")
                    .isTrue();
            assertThat(replyDisabled(alice, root)).isFalse();
            assertThat(bob.view(root).getMap("threadgate").getString("uri")).endsWith("threadgate/" + root.key());
            assertThat(bob.get(THREAD, "uri", second.uri()).getMap("threadgate"))
                    .isNotNull();
        }

        @Test
        void rules_allowFollowersFollowedAndListMembers() {
            Person.Ref list = alice.list("friends", "curatelist");
            alice.addTo(list, carol);
            gate("{'$type':'app.bsky.feed.threadgate#listRule','list':'" + list.uri() + "'}");
            assertThat(replyDisabled(carol, root)).isFalse();
            assertThat(replyDisabled(bob, root)).isTrue();

            gate("{'$type':'app.bsky.feed.threadgate#followerRule'}");
            assertThat(replyDisabled(bob, root)).isTrue();
            bob.follow(alice);
            assertThat(replyDisabled(bob, root)).isFalse();

            gate("{'$type':'app.bsky.feed.threadgate#followingRule'}");
            assertThat(replyDisabled(bob, root)).isTrue();
            alice.follow(bob);
            assertThat(replyDisabled(bob, root)).isFalse();
        }

        @Test
        void mentionRule_allowsAccountsMentionedInRoot() {
            Person.Ref post = alice.mention("@bob", bob);
            alice.write(
                    "app.bsky.feed.threadgate",
                    post.key(),
                    "'post':'" + post.uri() + "','allow':[{'$type':'app.bsky.feed.threadgate#mentionRule'}]");

            assertThat(replyDisabled(bob, post)).isFalse();
            assertThat(replyDisabled(carol, post)).isTrue();
        }

        @Test
        void forbiddenReply_isNotInThread() {
            gate("");
            Person.Ref late = bob.reply("late", root, root);

            assertThat(tree(carol, root)).as("earlier replies stay").isEqualTo("root[first[second[]]]");
            assertThat(carol.view(root).getInteger("replyCount")).isEqualTo(1);
            assertThat(tree(bob, late)).isEqualTo("late");
        }
    }
}
