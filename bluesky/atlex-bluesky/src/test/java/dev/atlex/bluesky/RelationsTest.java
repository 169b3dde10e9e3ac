package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.graph.Block;
import app.bsky.graph.Follow;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that follows, blocks and mutes are each created once, and undone completely. */
class RelationsTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String FOLLOW = "app.bsky.graph.follow";
    private static final String GET_PROFILE = "app.bsky.actor.getProfile";

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

    private Map<String, LexMap> records(String collection) {
        return SignedIn.records(pds, alice, collection);
    }

    /** Creates a record like another app does, with a key for the current time. */
    private AtUri byAnotherApp(LexMap record) {
        return bsky.client().createRecord(record, WriteOptions.DEFAULTS).body().uri();
    }

    @Test
    void follow_again_returnsTheFirst() {
        AtUri follow = bsky.follow(bob.did());

        assertThat(bsky.follow(Handle.of("bob.test"))).isEqualTo(follow);
        assertThat(bsky.follow("https://bsky.app/profile/bob.test")).isEqualTo(follow);
        assertThat(Follow.RECORD
                        .from(records(FOLLOW).get(String.valueOf(follow.recordKey())))
                        .subject())
                .isEqualTo(bob.did());
        assertThat(bsky.follows(alice.did()).map(ProfileView::did)).containsExactly(bob.did());
    }

    @Test
    void follow_withoutAppView_isIdempotent() {
        pds.faults().always(GET_PROFILE, Fault.status(502));

        assertThat(bsky.follow("bob.test")).isEqualTo(bsky.follow(bob.did()));
        assertThat(records(FOLLOW)).hasSize(1);
    }

    @Test
    void unfollow_removesFollowByAnotherApp() {
        byAnotherApp(Follow.builder()
                .subject(bob.did())
                .createdAt(Instant.EPOCH)
                .build()
                .toLexMap());

        bsky.unfollow("@bob.test");
        bsky.unfollow(bob.did());

        assertThat(records(FOLLOW)).isEmpty();
    }

    @Test
    void unfollow_ofDeletedAccount_succeeds() {
        bsky.follow(bob.did());
        byAnotherApp(Follow.builder()
                .subject(bob.did())
                .createdAt(Instant.EPOCH)
                .build()
                .toLexMap());
        pds.takedown(bob.did());

        bsky.unfollow(bob.did());

        assertThat(records(FOLLOW)).isEmpty();
    }

    @Test
    void follow_ofUnknownAccount_isRejected() {
        assertThatThrownBy(() -> bsky.follow("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"))
                .isInstanceOf(XrpcResponseException.class)
                .hasMessageContaining("Profile not found");
        assertThat(records(FOLLOW)).isEmpty();
    }

    /** The server would accept these actions. */
    @Test
    void actionsOnOneself_areRefused() {
        assertThatThrownBy(() -> bsky.follow(alice.did()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("follow: expected another account, not the signed-in one");
        assertThatThrownBy(() -> bsky.block(alice.did())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bsky.mute("alice.test")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void block_isIdempotentAndUndone() {
        AtUri block = bsky.block(bob.did());

        assertThat(bsky.block("bob.test")).isEqualTo(block);
        assertThat(Block.RECORD
                        .from(records("app.bsky.graph.block")
                                .values()
                                .iterator()
                                .next())
                        .subject())
                .isEqualTo(bob.did());
        assertThat(bsky.blocks().map(ProfileView::did)).containsExactly(bob.did());

        bsky.unblock("bob.test");
        bsky.unblock(bob.did());
        assertThat(bsky.blocks()).isEmpty();
    }

    @Test
    void mute_isIdempotentAndUndone() {
        bsky.mute(bob.did());
        bsky.mute("bob.test");
        assertThat(bsky.mutes().map(ProfileView::did)).containsExactly(bob.did());

        bsky.unmute("bob.test");
        bsky.unmute(bob.did());
        assertThat(bsky.mutes()).isEmpty();
    }
}
