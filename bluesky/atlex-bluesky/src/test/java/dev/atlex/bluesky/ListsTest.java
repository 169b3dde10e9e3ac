package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.graph.Listitem;
import app.bsky.graph.Starterpack;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests lists, their members and subscriptions, and starter packs. */
class ListsTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String ITEM = "app.bsky.graph.listitem";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Lists lists;
    private Lists bobs;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        lists = SignedIn.bluesky(pds, alice).lists();
        bobs = SignedIn.bluesky(pds, bob).lists();
    }

    private Map<String, LexMap> items() {
        return SignedIn.records(pds, alice, ITEM);
    }

    @Test
    void create_thenRead() {
        AtUri cats = lists.create(ListPurpose.CURATION, "Cats", l -> l.description("Purring accounts"));
        AtUri trolls = lists.create(ListPurpose.MODERATION, "Trolls");

        assertThat(lists.own().map(ListView::uri)).containsExactlyInAnyOrder(cats, trolls);
        assertThat(lists.of(alice.did()).map(ListView::name)).contains("Cats");
        assertThat(lists.get(cats).description()).isEqualTo("Purring accounts");
        assertThat(lists.get(trolls).purpose()).isEqualTo(ListPurpose.MODERATION.token());
    }

    @Test
    void add_isIdempotentAndUndone() {
        AtUri list = lists.create(ListPurpose.CURATION, "Cats");

        AtUri item = lists.add(list, bob.did());
        assertThat(lists.add(AtUri.of("at://alice.test/app.bsky.graph.list/" + list.recordKey()), bob.did()))
                .isEqualTo(item);
        assertThat(lists.members(list).map(member -> member.subject().did())).containsExactly(bob.did());

        lists.remove(list, bob.did());
        lists.remove(list, bob.did());
        assertThat(lists.members(list)).isEmpty();
    }

    @Test
    void oneAccountOnTwoLists_hasTwoMemberships() {
        AtUri cats = lists.create(ListPurpose.CURATION, "Cats");
        AtUri dogs = lists.create(ListPurpose.CURATION, "Dogs");

        assertThat(lists.add(cats, bob.did())).isNotEqualTo(lists.add(dogs, bob.did()));
        lists.remove(cats, bob.did());

        assertThat(lists.members(dogs)).hasSize(1);
    }

    @Test
    void memberThatAnotherAppAdded_isFound() {
        AtUri list = lists.create(ListPurpose.CURATION, "Cats");
        AtUri item = byAnotherApp(list);

        assertThat(lists.add(list, bob.did())).isEqualTo(item);
        assertThat(items()).hasSize(1);

        lists.remove(list, bob.did());
        assertThat(items()).isEmpty();
    }

    @Test
    void withoutAppView_memberIsRemoved() {
        AtUri list = lists.create(ListPurpose.CURATION, "Cats");
        byAnotherApp(list);
        pds.faults().always("app.bsky.graph.getListsWithMembership", Fault.status(501));

        lists.remove(list, bob.did());

        assertThat(items()).isEmpty();
    }

    private AtUri byAnotherApp(AtUri list) {
        return SignedIn.bluesky(pds, alice)
                .client()
                .createRecord(
                        Listitem.builder()
                                .list(list)
                                .subject(bob.did())
                                .createdAt(Instant.EPOCH)
                                .build()
                                .toLexMap(),
                        WriteOptions.DEFAULTS)
                .body()
                .uri();
    }

    @Test
    void listByAnotherAccount_cannotBeChanged() {
        AtUri list = bobs.create(ListPurpose.CURATION, "Cats");

        assertThatThrownBy(() -> lists.add(list, bob.did()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("add: the list belongs to another account");
        assertThatThrownBy(() -> lists.remove(list, bob.did())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lists.delete(list)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lists.add(AtUri.of(alice.did()), bob.did()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("add: not the URI of a list");
        assertThatThrownBy(() -> lists.mute(AtUri.of(bob.did())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mute: not the URI of a list");
    }

    @Test
    void delete_removesTheListAndItsMembers() {
        AtUri cats = lists.create(ListPurpose.CURATION, "Cats");
        AtUri dogs = lists.create(ListPurpose.CURATION, "Dogs");
        lists.add(cats, bob.did());
        lists.add(cats, alice.did());
        lists.add(dogs, bob.did());

        lists.delete(cats);
        assertThatCode(() -> lists.delete(cats)).doesNotThrowAnyException();

        assertThat(lists.own().map(ListView::uri)).containsExactly(dogs);
        assertThat(items()).hasSize(1);
    }

    @Test
    void mute_isIdempotentAndUndone() {
        AtUri list = bobs.create(ListPurpose.MODERATION, "Trolls");

        lists.mute(list);
        lists.mute(list);
        assertThat(lists.muted().map(ListView::uri)).containsExactly(list);

        lists.unmute(list);
        lists.unmute(list);
        assertThat(lists.muted()).isEmpty();
    }

    @Test
    void block_isIdempotentAndUndone() {
        AtUri list = bobs.create(ListPurpose.MODERATION, "Trolls");

        AtUri block = lists.block(list);
        assertThat(lists.block(list)).isEqualTo(block);
        assertThat(lists.blocked().map(ListView::uri)).containsExactly(list);
        assertThat(SignedIn.records(pds, alice, "app.bsky.graph.listblock")).hasSize(1);

        lists.unblock(list);
        lists.unblock(list);
        assertThat(lists.blocked()).isEmpty();
    }

    @Test
    void unblock_ofADeletedList_removesTheBlock() {
        AtUri list = bobs.create(ListPurpose.MODERATION, "Trolls");
        lists.block(list);
        bobs.delete(list);

        lists.unblock(list);

        assertThat(SignedIn.records(pds, alice, "app.bsky.graph.listblock")).isEmpty();
    }

    @Test
    void starterPackMembers_areMembersOfItsList() {
        AtUri list = lists.create(ListPurpose.CURATION, "Cats");
        lists.add(list, bob.did());
        AtUri pack = SignedIn.bluesky(pds, alice)
                .client()
                .create(Starterpack.RECORD, p -> p.name("Cats").list(list).createdAt(Instant.EPOCH))
                .uri();

        assertThat(bobs.starterPackMembers(pack).map(ProfileView::did)).containsExactly(bob.did());
        assertThat(bobs.starterPack(AtUri.of("at://alice.test/app.bsky.graph.starterpack/" + pack.recordKey()))
                        .uri())
                .isEqualTo(pack);
    }
}
