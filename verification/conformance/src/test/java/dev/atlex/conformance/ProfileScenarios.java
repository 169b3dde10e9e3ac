package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.Profile;
import app.bsky.feed.FeedDefs.FeedViewPost;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.Preferences;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios for profiles, pinned posts and preferences. */
abstract class ProfileScenarios extends BlueskyScenarios {
    private static final RecordKey SELF = RecordKey.of("self");

    ProfileScenarios(BlueskyServer server) {
        super(server);
    }

    private ProfileViewDetailed profile(Person of, Person reader) {
        server.index();
        return reader.bsky().profile(of.did());
    }

    @Test
    void editedProfile_isShown() {
        Person alice = person();
        Person bob = person();
        assertThat(profile(alice, bob).displayName()).isNull();

        alice.bsky()
                .editProfile(p -> p.displayName("Alice 👋")
                        .description("Cats")
                        .pronouns("she/her")
                        .avatar(SampleImages.png(20, 20))
                        .banner(SampleImages.png(30, 10)));
        alice.bsky().editProfile(p -> p.description("Cats and dogs"));

        ProfileViewDetailed view = profile(alice, bob);
        assertThat(view.handle()).hasToString(alice.handle());
        assertThat(view.displayName()).isEqualTo("Alice 👋");
        assertThat(view.description()).isEqualTo("Cats and dogs");
        assertThat(view.pronouns()).isEqualTo("she/her");
        Profile record = alice.client()
                .get(Profile.RECORD, AtUri.of("at://" + alice.did() + "/app.bsky.actor.profile/self"))
                .value();
        assertThat(view.avatar())
                .startsWith("http")
                .contains(record.avatar().ref().toString());
        assertThat(view.banner())
                .startsWith("http")
                .contains(record.banner().ref().toString());

        alice.bsky().editProfile(p -> p.displayName(null).removeAvatar().removeBanner());

        view = profile(alice, bob);
        assertThat(view.avatar()).isNull();
        assertThat(view.banner()).isNull();
        assertThat(view.displayName()).isNullOrEmpty();
        assertThat(view.description()).isEqualTo("Cats and dogs");
    }

    @Test
    void unknownProfileField_survivesEdit() {
        Person alice = person();
        LexMap future = LexMap.of("kind", new LexString("new"));
        alice.client()
                .putRecord(
                        LexMap.builder()
                                .put("$type", "app.bsky.actor.profile")
                                .put("fromTheFuture", future)
                                .build(),
                        SELF,
                        WriteOptions.DEFAULTS);

        alice.bsky().editProfile(p -> p.displayName("Alice"));

        LexMap stored = alice.client()
                .getRecord(alice.did(), Profile.RECORD.collection(), SELF, null)
                .body()
                .value();
        assertThat(stored.getMap("fromTheFuture")).isEqualTo(future);
        assertThat(profile(alice, alice).displayName()).isEqualTo("Alice");
    }

    @Test
    void pinnedPost_isShownFirst() {
        Person alice = person();
        Person bob = person();
        Posted old = alice.bsky().post("Old");
        alice.bsky().post("New");
        server.index();

        alice.bsky().pin(old.uri());
        alice.bsky().pin(old.webUrl().toString());

        assertThat(profile(alice, bob).pinnedPost()).isEqualTo(old.ref());
        List<FeedViewPost> feed =
                bob.bsky().authorFeed(alice.did(), p -> p.includePins(true)).toList();
        assertThat(feed.stream().map(item -> record(item.post()).text()).toList())
                .startsWith("Old", "New");
        assertThat(feed.get(0).reason()).isInstanceOf(FeedViewPost.Reason.ReasonPin.class);
        assertThat(view(alice, old.uri()).viewer().pinned()).isTrue();

        alice.bsky().unpin();
        alice.bsky().unpin();

        assertThat(profile(alice, bob).pinnedPost()).isNull();
    }

    @Test
    void changedPreferences_areReadBack() {
        Person alice = person();
        Posted post = alice.bsky().post("Hidden");
        AtUri feed = AtUri.of("at://" + alice.did() + "/app.bsky.feed.generator/cats");
        LexMap personal = LexMap.builder()
                .put("$type", "app.bsky.actor.defs#personalDetailsPref")
                .put("birthDate", "1990-01-01T00:00:00.000Z")
                .build();
        alice.bsky()
                .updatePreferences(p -> p.put(personal, old -> personal.type().equals(old.type())));

        alice.bsky()
                .updatePreferences(p -> p.adultContent(true)
                        .muteWord("spoiler")
                        .muteTag("sports")
                        .addLabeler(server.labeler())
                        .hidePost(post.uri())
                        .contentLabel("nudity", "warn")
                        .saveFeed(feed, true));
        alice.bsky().updatePreferences(p -> p.unmuteWord("spoiler"));

        Preferences preferences = alice.bsky().preferences();
        assertThat(preferences.adultContent()).isTrue();
        assertThat(preferences.mutedWords()).extracting(word -> word.value()).containsExactly("sports");
        assertThat(preferences.labelers()).containsExactly(server.labeler());
        assertThat(preferences.hiddenPosts()).containsExactly(post.uri());
        assertThat(preferences.contentLabels())
                .extracting(label -> label.label())
                .containsExactly("nudity");
        assertThat(preferences.savedFeeds()).extracting(saved -> saved.value()).contains(feed.toString());
        assertThat(preferences.stored()).contains(personal);
        assertThat(person().bsky().preferences().stored()).isEmpty();
    }
}
