package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppViewGraphTest {
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

    private static String did(LexMap profile) {
        return profile.getString("did");
    }

    private static List<String> accounts(Person viewer, String field, String method, Object... params) {
        return viewer.list(field, AppViewGraphTest::did, "app.bsky.graph." + method, params);
    }

    private static void mute(Person viewer, String method, String field, String value) {
        viewer.call("app.bsky.graph." + method, "{'" + field + "':'" + value + "'}")
                .ok();
    }

    @Nested
    class Follows {
        @Test
        void followersAndFollows_areListedNewestFirst() {
            Person.Ref follow = bob.follow(alice);
            carol.follow(alice);
            bob.follow(carol);

            assertThat(accounts(alice, "followers", "getFollowers", "actor", alice.handle()))
                    .containsExactly(carol.did(), bob.did());
            assertThat(accounts(alice, "follows", "getFollows", "actor", bob.did()))
                    .containsExactly(carol.did(), alice.did());
            assertThat(alice.get("app.bsky.graph.getFollows", "actor", bob.did())
                            .getMap("subject")
                            .getString("handle"))
                    .isEqualTo("bob.test");
            assertThat(alice.relationTo(bob)).containsKey("followedBy").doesNotContainKey("following");
            assertThat(bob.relationTo(alice).get("following")).hasToString(follow.uri());

            bob.delete(follow);
            assertThat(accounts(alice, "followers", "getFollowers", "actor", alice.did()))
                    .containsExactly(carol.did());
            assertThat(alice.query("app.bsky.graph.getFollows", "actor", "nobody.test")
                            .error())
                    .isEqualTo("400 InvalidRequest: Actor not found: nobody.test");
        }

        @Test
        void pages_showEachFollowerOnce() {
            bob.follow(alice);
            carol.follow(alice);

            assertThat(alice.pages(
                            1, "followers", AppViewGraphTest::did, "app.bsky.graph.getFollowers", "actor", alice.did()))
                    .containsExactly(carol.did(), bob.did());
        }

        @Test
        void inactiveAccounts_areNotListed(LocalPds pds) {
            bob.follow(alice);
            pds.deactivate(Did.of(bob.did()));

            assertThat(accounts(alice, "followers", "getFollowers", "actor", alice.did()))
                    .isEmpty();
            pds.activate(Did.of(bob.did()));
            assertThat(accounts(alice, "followers", "getFollowers", "actor", alice.did()))
                    .hasSize(1);
        }

        @Test
        void knownFollowers_areFollowedByViewer() {
            alice.follow(bob);
            bob.follow(carol);

            assertThat(accounts(alice, "followers", "getKnownFollowers", "actor", carol.did()))
                    .containsExactly(bob.did());
            LexMap known = alice.profileOf(carol).getMap("viewer").getMap("knownFollowers");
            assertThat(known.getInteger("count")).isEqualTo(1);
            assertThat(Person.values(known, "followers", AppViewGraphTest::did)).containsExactly(bob.did());
            assertThat(bob.relationTo(carol)).doesNotContainKey("knownFollowers");
        }

        @Test
        void relationships_areFromActorsPerspective() {
            Person.Ref follow = bob.follow(carol);
            carol.block(bob);

            LexMap answer = alice.get(
                    "app.bsky.graph.getRelationships",
                    "actor",
                    bob.did(),
                    "others",
                    carol.did(),
                    "others",
                    "alice.test");
            LexMap relation = (LexMap) answer.getArray("relationships").get(0);
            assertThat(relation.getString("following")).isEqualTo(follow.uri());
            assertThat(relation.getString("blockedBy")).contains("/app.bsky.graph.block/");
            assertThat(relation.getString("blocking")).isNull();
            assertThat(((LexMap) answer.getArray("relationships").get(1)).type())
                    .isEqualTo("app.bsky.graph.defs#notFoundActor");
        }
    }

    @Nested
    class Blocks {
        @Test
        void block_isVisibleFromBothSides() {
            bob.follow(alice);
            Person.Ref block = alice.block(bob);

            assertThat(alice.relationTo(bob).get("blocking")).hasToString(block.uri());
            assertThat(alice.relationTo(bob)).doesNotContainKey("followedBy");
            assertThat(bob.relationTo(alice).get("blockedBy")).hasToString("true");
            assertThat(bob.relationTo(alice)).doesNotContainKey("following");
            assertThat(accounts(alice, "blocks", "getBlocks")).containsExactly(bob.did());
            assertThat(accounts(carol, "followers", "getFollowers", "actor", alice.did()))
                    .isEmpty();

            alice.delete(block);
            assertThat(bob.relationTo(alice).get("blockedBy")).hasToString("false");
        }

        @Test
        void listBlock_blocksTheMembers() {
            Person.Ref list = carol.list("rude", "modlist");
            Person.Ref item = carol.addTo(list, bob);
            Person.Ref block = alice.write("app.bsky.graph.listblock", "'subject':'" + list.uri() + "'");

            assertThat(alice.relationTo(bob).get("blocking")).hasToString(list.uri());
            assertThat(alice.profileOf(bob)
                            .getMap("viewer")
                            .getMap("blockingByList")
                            .getString("name"))
                    .isEqualTo("rude");
            assertThat(bob.relationTo(alice).get("blockedBy")).hasToString("true");
            LexMap listed = (LexMap)
                    alice.get("app.bsky.graph.getListBlocks").getArray("lists").get(0);
            assertThat(listed.getMap("viewer").getString("blocked")).isEqualTo(block.uri());

            carol.delete(item);
            assertThat(alice.relationTo(bob)).doesNotContainKey("blocking");
        }
    }

    @Nested
    class Mutes {
        @Test
        void mute_isPrivateAndCanBeUndone() {
            mute(alice, "muteActor", "actor", "bob.test");
            assertThat(alice.relationTo(bob).get("muted")).hasToString("true");
            assertThat(bob.relationTo(alice).get("muted")).hasToString("false");
            assertThat(accounts(alice, "mutes", "getMutes")).containsExactly(bob.did());
            assertThat(accounts(bob, "mutes", "getMutes")).isEmpty();

            mute(alice, "unmuteActor", "actor", bob.did());
            mute(alice, "unmuteActor", "actor", bob.did());
            assertThat(accounts(alice, "mutes", "getMutes")).isEmpty();
        }

        @Test
        void mutingOneselfOrUnknownAccount_isRejected() {
            String mute = "app.bsky.graph.muteActor";
            assertThat(alice.call(mute, "{'actor':'alice.test'}").error())
                    .isEqualTo("400 InvalidRequest: Actor cannot mute themselves");
            assertThat(alice.call(mute, "{'actor':'nobody.test'}").error())
                    .isEqualTo("400 InvalidRequest: Actor not found");
        }

        @Test
        void mutedList_mutesItsMembers() {
            Person.Ref list = carol.list("loud", "modlist");
            carol.addTo(list, bob);
            mute(alice, "muteActorList", "list", list.uri());

            assertThat(alice.relationTo(bob).get("muted")).hasToString("true");
            assertThat(alice.profileOf(bob)
                            .getMap("viewer")
                            .getMap("mutedByList")
                            .getString("uri"))
                    .isEqualTo(list.uri());
            assertThat(alice.list("lists", each -> each.getString("name"), "app.bsky.graph.getListMutes"))
                    .containsExactly("loud");

            mute(alice, "unmuteActorList", "list", list.uri());
            assertThat(alice.relationTo(bob).get("muted")).hasToString("false");
        }

        @Test
        void mutedThread_isMarked() {
            Person.Ref root = alice.post("root");
            Person.Ref reply = carol.reply("reply", root, root);
            mute(bob, "muteThread", "root", root.uri());
            assertThat(bob.view(reply).getMap("viewer").getBoolean("threadMuted"))
                    .isTrue();

            mute(bob, "unmuteThread", "root", root.uri());
            assertThat(bob.view(reply).getMap("viewer").getBoolean("threadMuted"))
                    .isFalse();
        }
    }

    @Nested
    class Lists {
        @Test
        void list_showsItsMembers() {
            Person.Ref list = alice.list("friends", "curatelist");
            Person.Ref item = alice.addTo(list, bob);
            alice.addTo(list, carol);

            LexMap output = bob.get("app.bsky.graph.getList", "list", list.uri());
            assertThat(output.getMap("list").getInteger("listItemCount")).isEqualTo(2);
            assertThat(output.getMap("list").getMap("creator").getString("did")).isEqualTo(alice.did());
            assertThat(Person.values(output, "items", each -> did(each.getMap("subject"))))
                    .containsExactly(carol.did(), bob.did());
            assertThat(Person.values(output, "items", each -> each.getString("uri")))
                    .contains(item.uri());
            assertThat(bob.query("app.bsky.graph.getList", "list", list.uri() + "x")
                            .error())
                    .isEqualTo("400 InvalidRequest: List not found");
        }

        @Test
        void lists_canBeFilteredByPurpose() {
            alice.list("friends", "curatelist");
            alice.list("rude", "modlist");
            alice.list("pack", "referencelist");
            String method = "app.bsky.graph.getLists";

            assertThat(bob.list("lists", each -> each.getString("name"), method, "actor", alice.did()))
                    .containsExactly("rude", "friends");
            assertThat(bob.list(
                            "lists",
                            each -> each.getString("name"),
                            method,
                            "actor",
                            alice.did(),
                            "purposes",
                            "modlist"))
                    .containsExactly("rude");
        }

        @Test
        void membership_isShownPerList() {
            Person.Ref list = alice.list("friends", "curatelist");
            alice.list("others", "curatelist");
            Person.Ref item = alice.addTo(list, bob);

            assertThat(alice.list(
                            "listsWithMembership",
                            each -> each.getMap("listItem") == null
                                    ? ""
                                    : each.getMap("listItem").getString("uri"),
                            "app.bsky.graph.getListsWithMembership",
                            "actor",
                            bob.did()))
                    .containsExactly("", item.uri());
        }

        @Test
        void starterPack_showsListAndSample() {
            Person.Ref list = alice.list("pack", "referencelist");
            alice.addTo(list, bob);
            alice.addTo(list, carol);
            alice.follow(bob);
            Person.Ref pack = alice.write("app.bsky.graph.starterpack", "'name':'Pack','list':'" + list.uri() + "'");

            LexMap view = bob.get("app.bsky.graph.getStarterPack", "starterPack", pack.uri())
                    .getMap("starterPack");
            assertThat(view.getMap("list").getString("name")).isEqualTo("pack");
            assertThat(Person.values(view, "listItemsSample", each -> did(each.getMap("subject"))))
                    .as("those with the most followers first")
                    .containsExactly(bob.did(), carol.did());
            assertThat(bob.get("app.bsky.graph.getStarterPacks", "uris", pack.uri())
                            .getArray("starterPacks"))
                    .hasSize(1);
            assertThat(bob.get("app.bsky.graph.getActorStarterPacks", "actor", alice.did())
                            .getArray("starterPacks"))
                    .hasSize(1);
            assertThat(bob.query("app.bsky.graph.getStarterPack", "starterPack", list.uri())
                            .error())
                    .isEqualTo("400 InvalidRequest: Starter pack not found");
        }
    }
}
