package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.ListPurpose;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.moderation.LabelTarget;
import dev.atlex.bluesky.moderation.Moderation;
import dev.atlex.bluesky.moderation.ModerationCause;
import dev.atlex.bluesky.moderation.ModerationContext;
import dev.atlex.bluesky.moderation.ModerationDecision;
import dev.atlex.bluesky.moderation.ModerationSource;
import dev.atlex.syntax.AtUri;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios for moderation decisions about labeled, muted and blocked content in views. */
abstract class ModerationScenarios extends BlueskyScenarios {
    ModerationScenarios(BlueskyServer server) {
        super(server);
    }

    /** Returns the decision about a post with the reader's stored preferences, labelers and their labels. */
    private ModerationDecision decide(Person reader, AtUri uri) {
        server.index();
        Moderation moderation = reader.bsky().moderation();
        Bluesky bsky = reader.bsky().withLabelsOf(moderation);
        PostView view = bsky.posts(List.of(uri)).findFirst().orElseThrow();
        return moderation.post(view);
    }

    @Test
    void labelByLabeler_appliesToSubscribers() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post(p -> p.text("Labeled").image(SampleImages.png(3, 2), ""));
        server.index();
        server.label(post.uri(), "porn");

        assertThat(decide(bob, post.uri()).causes()).isEmpty();

        bob.bsky().updatePreferences(p -> p.addLabeler(server.labeler()));
        ModerationDecision decision = decide(bob, post.uri());
        assertThat(decision.labels())
                .extracting(ModerationCause.Labeled::source)
                .containsExactly(new ModerationSource.Labeler(server.labeler()));
        assertThat(decision.ui(ModerationContext.CONTENT_LIST).filter()).isTrue();
        assertThat(decision.ui(ModerationContext.CONTENT_MEDIA).blur()).isTrue();
        assertThat(decision.ui(ModerationContext.CONTENT_MEDIA).noOverride()).isTrue();

        bob.bsky().updatePreferences(p -> p.adultContent(true).contentLabel("porn", "ignore"));
        assertThat(decide(bob, post.uri()).ui(ModerationContext.CONTENT_LIST).filter())
                .isFalse();
    }

    @Test
    void labelByAuthor_appliesToEveryone() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post(p -> p.text("Warned").labels("nudity").image(SampleImages.png(3, 2), ""));
        bob.bsky().updatePreferences(p -> p.adultContent(true).contentLabel("nudity", "warn"));

        ModerationDecision decision = decide(bob, post.uri());

        assertThat(decision.labels()).extracting(cause -> cause.label().val()).containsExactly("nudity");
        assertThat(decision.ui(ModerationContext.CONTENT_MEDIA).blur()).isTrue();
        assertThat(decision.ui(ModerationContext.CONTENT_LIST).filter()).isFalse();
        assertThat(decide(alice, post.uri()).own()).isTrue();
    }

    @Test
    void labeledProfile_isModerated() {
        Person alice = person();
        Person bob = person();
        alice.bsky().editProfile(p -> p.displayName("Alice"));
        server.index();
        server.label(AtUri.of("at://" + alice.did() + "/app.bsky.actor.profile/self"), "porn");
        bob.bsky().updatePreferences(p -> p.addLabeler(server.labeler()));

        Moderation moderation = bob.bsky().moderation();
        ModerationDecision decision =
                moderation.profile(bob.bsky().withLabelsOf(moderation).profile(alice.did()));

        assertThat(decision.labels())
                .extracting(ModerationCause.Labeled::target)
                .containsExactly(LabelTarget.PROFILE);
        assertThat(decision.ui(ModerationContext.AVATAR).blur()).isTrue();
        assertThat(decision.ui(ModerationContext.CONTENT_LIST).filter()).isFalse();
    }

    @Test
    void mutedWordsAndHiddenPosts_areFiltered() {
        Person alice = person();
        Person bob = person();
        Posted spoiler = alice.bsky().post("A spoiler about the end");
        Posted hidden = alice.bsky().post("Anything");
        Posted other = alice.bsky().post("Something else");
        bob.bsky().updatePreferences(p -> p.muteWord("spoiler").hidePost(hidden.uri()));

        assertThat(decide(bob, spoiler.uri()).causes()).hasOnlyElementsOfType(ModerationCause.MutedWords.class);
        assertThat(decide(bob, spoiler.uri()).ui(ModerationContext.CONTENT_LIST).filter())
                .isTrue();
        assertThat(decide(bob, hidden.uri()).causes()).hasOnlyElementsOfType(ModerationCause.Hidden.class);
        assertThat(decide(bob, hidden.uri()).ui(ModerationContext.CONTENT_LIST).filter())
                .isTrue();
        assertThat(decide(bob, other.uri()).causes()).isEmpty();
    }

    @Test
    void mutesAndBlocks_areCauses() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted post = alice.bsky().post("Hello");
        server.index();
        bob.bsky().mute(alice.did());
        carol.bsky().block(alice.did());

        assertThat(decide(bob, post.uri()).muted()).isTrue();
        Moderation carols = carol.bsky().moderation();
        ModerationDecision blocking = carols.profile(carol.bsky().profile(alice.did()));
        assertThat(blocking.causes()).hasOnlyElementsOfType(ModerationCause.Blocking.class);
        assertThat(blocking.ui(ModerationContext.CONTENT_LIST).filter()).isTrue();
        Moderation alices = alice.bsky().moderation();
        assertThat(alices.profile(alice.bsky().profile(carol.did())).causes())
                .hasOnlyElementsOfType(ModerationCause.BlockedBy.class);
    }

    @Test
    void mutedModerationList_isSourceOfCause() {
        Person alice = person();
        Person bob = person();
        AtUri list = bob.bsky().lists().create(ListPurpose.MODERATION, "Trolls");
        bob.bsky().lists().add(list, alice.did());
        Posted post = alice.bsky().post("Hello");
        server.index();
        bob.bsky().lists().mute(list);

        ModerationDecision decision = decide(bob, post.uri());

        assertThat(decision.causes()).hasSize(1);
        assertThat(decision.causes().get(0).source()).isInstanceOf(ModerationSource.UserList.class);
        assertThat(((ModerationSource.UserList) decision.causes().get(0).source())
                        .list()
                        .uri())
                .isEqualTo(list);
    }
}
