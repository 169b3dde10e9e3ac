package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.feed.GetAuthorFeed;
import app.bsky.graph.Block;
import app.bsky.graph.Follow;
import app.bsky.graph.GetFollowers;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scenarios for follows, blocks and mutes, each done and undone twice. */
abstract class GraphScenarios extends BlueskyScenarios {
    GraphScenarios(BlueskyServer server) {
        super(server);
    }

    private static List<Did> dids(Stream<ProfileView> profiles) {
        return profiles.map(ProfileView::did).toList();
    }

    private ViewerState viewer(Person viewer, Person of) {
        server.index();
        return viewer.bsky().profile(of.did()).viewer();
    }

    @Test
    void follow_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();

        AtUri follow = bob.bsky().follow(alice.did());
        assertThat(bob.bsky().follow(alice.handle())).isEqualTo(follow);

        assertThat(viewer(bob, alice).following()).isEqualTo(follow);
        assertThat(viewer(alice, bob).followedBy()).isEqualTo(follow);
        assertThat(bob.bsky().follow("https://bsky.app/profile/" + alice.handle()))
                .isEqualTo(follow);
        assertThat(dids(alice.bsky().followers(alice.did()))).containsExactly(bob.did());
        assertThat(dids(alice.bsky().follows(bob.handle()))).containsExactly(alice.did());
        assertThat(alice.bsky().profile().followersCount()).isEqualTo(1);
        assertThat(bob.bsky().profile().followsCount()).isEqualTo(1);

        bob.bsky().unfollow(alice.did());
        bob.bsky().unfollow(alice.handle());

        assertThat(count(bob, Follow.RECORD)).isZero();
        assertThat(viewer(bob, alice).following()).isNull();
        assertThat(dids(alice.bsky().followers(alice.did()))).isEmpty();
        assertThat(alice.bsky().profile().followersCount()).isZero();
    }

    @Test
    void impossibleFollows_areRefused() {
        Person alice = person();

        assertThatThrownBy(() -> alice.bsky().follow(alice.did())).isInstanceOf(IllegalArgumentException.class);
        assertThat(catchThrowableOfType(
                                XrpcResponseException.class,
                                () -> alice.bsky().follow("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"))
                        .status())
                .isEqualTo(400);
        assertThat(catchThrowableOfType(
                                XrpcResponseException.class, () -> alice.bsky().follow("missing-account.test"))
                        .status())
                .isEqualTo(400);
        assertThat(count(alice, Follow.RECORD)).isZero();
    }

    @Test
    void followers_areListedLatestFirst_overPages() {
        Person alice = person();
        List<Person> followers = Stream.generate(this::person).limit(5).toList();
        for (Person follower : followers) {
            follower.bsky().follow(alice.did());
            server.index();
        }

        List<Did> latestFirst =
                Stream.of(4, 3, 2, 1, 0).map(i -> followers.get(i).did()).toList();
        assertThat(dids(alice.bsky().followers(alice.did()))).isEqualTo(latestFirst);
        assertThat(dids(alice.client()
                        .pages(GetFollowers.QUERY, p -> p.actor(alice.did()).limit(2))
                        .items(GetFollowers.Output::followers)))
                .isEqualTo(latestFirst);
        assertThat(alice.bsky().profiles(latestFirst).map(ProfileViewDetailed::did))
                .isEqualTo(latestFirst);
    }

    @Test
    void block_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        alice.bsky().post("Hello");
        bob.bsky().post("Hello");

        AtUri block = alice.bsky().block(bob.did());
        assertThat(alice.bsky().block(bob.handle())).isEqualTo(block);

        assertThat(viewer(alice, bob).blocking()).isEqualTo(block);
        assertThat(viewer(alice, bob).blockedBy()).isFalse();
        assertThat(viewer(bob, alice).blocking()).isNull();
        assertThat(viewer(bob, alice).blockedBy()).isTrue();
        assertThat(dids(alice.bsky().blocks())).containsExactly(bob.did());
        XrpcResponseException blocking = catchThrowableOfType(
                XrpcResponseException.class,
                () -> alice.bsky().authorFeed(bob.did()).toList());
        assertThat(blocking.is(GetAuthorFeed.ERROR_BLOCKED_ACTOR)).isTrue();
        XrpcResponseException blockedBy = catchThrowableOfType(
                XrpcResponseException.class,
                () -> bob.bsky().authorFeed(alice.did()).toList());
        assertThat(blockedBy.is(GetAuthorFeed.ERROR_BLOCKED_BY_ACTOR)).isTrue();

        alice.bsky().unblock(bob.did());
        alice.bsky().unblock(bob.did());

        assertThat(count(alice, Block.RECORD)).isZero();
        assertThat(viewer(bob, alice).blockedBy()).isFalse();
        assertThat(bob.bsky().authorFeed(alice.did())).hasSize(1);
    }

    @Test
    void mute_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        bob.bsky().post("Loud");
        alice.bsky().follow(bob.did());
        server.index();
        assertThat(alice.bsky().timeline()).hasSize(1);

        alice.bsky().mute(bob.did());
        alice.bsky().mute(bob.handle());

        assertThat(viewer(alice, bob).muted()).isTrue();
        assertThat(viewer(bob, alice).muted()).isFalse();
        assertThat(dids(alice.bsky().mutes())).containsExactly(bob.did());
        assertThat(alice.bsky().timeline()).isEmpty();
        assertThat(alice.bsky().authorFeed(bob.did())).hasSize(1);

        alice.bsky().unmute(bob.did());
        alice.bsky().unmute(bob.did());

        assertThat(viewer(alice, bob).muted()).isFalse();
        assertThat(alice.bsky().mutes()).isEmpty();
        assertThat(alice.bsky().timeline()).hasSize(1);
    }
}
