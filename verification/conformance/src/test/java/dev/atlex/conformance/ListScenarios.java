package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.graph.GraphDefs.ListItemView;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.graph.GraphDefs.StarterPackView;
import app.bsky.graph.Listblock;
import app.bsky.graph.Listitem;
import app.bsky.graph.Starterpack;
import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.ListPurpose;
import dev.atlex.bluesky.Lists;
import dev.atlex.syntax.AtUri;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Scenarios for lists of accounts and for starter packs. */
abstract class ListScenarios extends BlueskyScenarios {
    ListScenarios(BlueskyServer server) {
        super(server);
    }

    @Test
    void members_addedAndRemovedTwice() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        bob.bsky().post("By Bob");
        Lists lists = alice.bsky().lists();
        AtUri list = lists.create(ListPurpose.CURATION, "Friends", l -> l.description("All of them"));

        AtUri item = lists.add(list, bob.did());
        assertThat(lists.add(list, bob.did())).isEqualTo(item);
        lists.add(list, carol.did());

        server.index();
        assertThat(lists.add(list, bob.did())).isEqualTo(item);
        assertThat(count(alice, Listitem.RECORD)).isEqualTo(2);
        ListView view = bob.bsky().lists().get(list);
        assertThat(view.name()).isEqualTo("Friends");
        assertThat(view.description()).isEqualTo("All of them");
        assertThat(view.purpose()).isEqualTo(ListPurpose.CURATION.token());
        assertThat(view.creator().did()).isEqualTo(alice.did());
        assertThat(view.listItemCount()).isEqualTo(2);
        assertThat(bob.bsky()
                        .lists()
                        .members(list)
                        .map(member -> member.subject().did()))
                .containsExactly(carol.did(), bob.did());
        assertThat(alice.bsky()
                        .listFeed(BskyUrls.toWeb(list).toString())
                        .map(each -> record(each.post()).text()))
                .containsExactly("By Bob");
        assertThat(bob.bsky().lists().of(alice.did()).map(ListView::uri)).containsExactly(list);

        lists.remove(list, bob.did());
        lists.remove(list, bob.did());

        server.index();
        assertThat(lists.members(list).map(ListItemView::subject).map(ProfileView::did))
                .containsExactly(carol.did());
        assertThat(lists.get(list).listItemCount()).isEqualTo(1);

        lists.delete(list);
        lists.delete(list);

        server.index();
        assertThat(lists.own()).isEmpty();
        assertThat(count(alice, Listitem.RECORD)).isZero();
        assertThat(count(alice, app.bsky.graph.List.RECORD)).isZero();
    }

    @Test
    void moderationList_mutedAndBlockedTwice() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        AtUri list = alice.bsky().lists().create(ListPurpose.MODERATION, "Trolls");
        alice.bsky().lists().add(list, carol.did());
        server.index();
        Lists lists = bob.bsky().lists();

        lists.mute(list);
        lists.mute(list);
        ViewerState muting = viewer(bob, carol);
        assertThat(muting.muted()).isTrue();
        assertThat(muting.mutedByList().uri()).isEqualTo(list);
        assertThat(lists.muted().map(ListView::uri)).containsExactly(list);
        assertThat(lists.get(list).viewer().muted()).isTrue();

        lists.unmute(list);
        lists.unmute(list);
        assertThat(viewer(bob, carol).muted()).isFalse();
        assertThat(lists.muted()).isEmpty();

        AtUri block = lists.block(list);
        assertThat(lists.block(list)).isEqualTo(block);
        ViewerState blocking = viewer(bob, carol);
        assertThat(blocking.blockingByList().uri()).isEqualTo(list);
        assertThat(viewer(carol, bob).blockedBy()).isTrue();
        assertThat(lists.blocked().map(ListView::uri)).containsExactly(list);
        assertThat(lists.get(list).viewer().blocked()).isEqualTo(block);

        lists.unblock(list);
        lists.unblock(list);
        assertThat(viewer(bob, carol).blockingByList()).isNull();
        assertThat(count(bob, Listblock.RECORD)).isZero();
    }

    private ViewerState viewer(Person viewer, Person of) {
        server.index();
        return viewer.bsky().profile(of.did()).viewer();
    }

    @Test
    void starterPack_showsItsMembers() {
        Person alice = person();
        Person bob = person();
        AtUri list = alice.bsky()
                .lists()
                .create(ListPurpose.CURATION, "Members", l -> l.purpose("app.bsky.graph.defs#referencelist"));
        alice.bsky().lists().add(list, bob.did());
        alice.bsky().lists().add(list, alice.did());
        AtUri pack = alice.client()
                .create(Starterpack.RECORD, p -> p.name("Newcomers").list(list).createdAt(Instant.now()))
                .uri();
        server.index();

        StarterPackView view = bob.bsky().lists().starterPack(pack);

        assertThat(Starterpack.RECORD.from(view.record()).name()).isEqualTo("Newcomers");
        assertThat(view.creator().did()).isEqualTo(alice.did());
        assertThat(view.list().uri()).isEqualTo(list);
        assertThat(view.listItemsSample()).hasSize(2);
        assertThat(bob.bsky().lists().starterPackMembers(pack).map(ProfileView::did))
                .containsExactly(alice.did(), bob.did());
        assertThat(BskyUrls.toAtUri(BskyUrls.toWeb(pack).toString())).isEqualTo(pack);
    }
}
