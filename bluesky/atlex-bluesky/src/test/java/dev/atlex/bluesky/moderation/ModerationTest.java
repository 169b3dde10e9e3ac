package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.Views.LABELER;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.labeler.GetServices;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.Preferences;
import dev.atlex.client.Agent;
import dev.atlex.client.RetryOptions;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests preferences in the form in which servers store them, and moderation of posts on a server. */
class ModerationTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static Preferences stored(String... preferences) {
        return Preferences.of(List.of(preferences).stream()
                .map(json -> Views.json(json.replace("DEFS", "app.bsky.actor.defs")))
                .toList());
    }

    @Nested
    class StoredPreferences {
        @Test
        void withoutPreferences_defaultsApply() {
            ModerationPreferences none = ModerationPreferences.of(stored());

            assertThat(none.adultContent()).isFalse();
            assertThat(none.labelers()).containsExactly(ModerationPreferences.BLUESKY_LABELER);
            assertThat(none.setting("porn", null)).isEqualTo(LabelSetting.HIDE);
            assertThat(none.setting("sexual", null)).isEqualTo(LabelSetting.WARN);
            assertThat(none.setting("nudity", null)).isEqualTo(LabelSetting.IGNORE);
            assertThat(none.setting("spoiler", null)).isNull();
            assertThat(none.mutedWords()).isEmpty();
            assertThat(none.hiddenPosts()).isEmpty();
        }

        @Test
        void allKindsAreRead() {
            ModerationPreferences preferences = ModerationPreferences.of(stored(
                    "{'$type':'DEFS#adultContentPref','enabled':true}",
                    "{'$type':'DEFS#labelersPref','labelers':[{'did':'" + LABELER + "'}]}",
                    "{'$type':'DEFS#contentLabelPref','label':'porn','visibility':'warn'}",
                    "{'$type':'DEFS#contentLabelPref','label':'porn','visibility':'show','labelerDid':'" + LABELER
                            + "'}",
                    "{'$type':'DEFS#mutedWordsPref','items':[{'value':'cat','targets':['content']}]}",
                    "{'$type':'DEFS#hiddenPostsPref','items':['" + Views.POST + "','not a URI']}",
                    "{'$type':'com.example.unknown'}"));

            assertThat(preferences.adultContent()).isTrue();
            assertThat(preferences.labelers()).containsExactly(ModerationPreferences.BLUESKY_LABELER, LABELER);
            assertThat(preferences.setting("porn", null)).isEqualTo(LabelSetting.WARN);
            assertThat(preferences.setting("porn", LABELER)).isEqualTo(LabelSetting.IGNORE);
            assertThat(preferences.mutedWords())
                    .extracting(word -> word.value())
                    .containsExactly("cat");
            assertThat(preferences.hiddenPosts()).containsExactly(Views.POST);
        }

        @Test
        void settingsForOldLabels_applyToNewLabels() {
            ModerationPreferences preferences = ModerationPreferences.of(stored(
                    "{'$type':'DEFS#contentLabelPref','label':'nsfw','visibility':'ignore'}",
                    "{'$type':'DEFS#contentLabelPref','label':'suggestive','visibility':'hide'}",
                    "{'$type':'DEFS#contentLabelPref','label':'gore','visibility':'ignore'}"));

            assertThat(preferences.setting("porn", null)).isEqualTo(LabelSetting.IGNORE);
            assertThat(preferences.setting("sexual", null)).isEqualTo(LabelSetting.HIDE);
            assertThat(preferences.setting("graphic-media", null)).isEqualTo(LabelSetting.IGNORE);
        }

        @Test
        void unknownOrMissingVisibility() {
            ModerationPreferences preferences = ModerationPreferences.of(stored(
                    "{'$type':'DEFS#contentLabelPref','label':'porn','visibility':'later'}",
                    "{'$type':'DEFS#contentLabelPref','label':'sexual','visibility':''}",
                    "{'$type':'DEFS#contentLabelPref','label':'nudity'}"));

            assertThat(preferences.setting("porn", null)).isEqualTo(LabelSetting.WARN);
            assertThat(preferences.setting("sexual", null)).isEqualTo(LabelSetting.WARN);
            assertThat(preferences.setting("nudity", null)).isEqualTo(LabelSetting.IGNORE);
        }

        @Test
        void toBuilder_keepsEverything() {
            Did other = Did.of("did:web:labels.example.com");
            ModerationPreferences preferences = ModerationPreferences.of(p -> p.adultContent(true)
                    .appLabelers(Set.of(other))
                    .labeler(LABELER)
                    .label("a", LabelSetting.HIDE)
                    .label("a", LabelSetting.WARN, LABELER)
                    .mutedWords(List.of(Views.muted("cat")))
                    .hiddenPosts(List.of(Views.POST)));

            ModerationPreferences copy = preferences.toBuilder().build();

            assertThat(copy.adultContent()).isTrue();
            assertThat(copy.labelers()).containsExactly(other, LABELER);
            assertThat(copy.setting("a", null)).isEqualTo(LabelSetting.HIDE);
            assertThat(copy.setting("a", LABELER)).isEqualTo(LabelSetting.WARN);
            assertThat(copy.mutedWords()).hasSize(1);
            assertThat(copy.hiddenPosts()).hasSize(1);
            assertThat(copy.callOptions()).hasToString(preferences.callOptions().toString());
        }

        @Test
        void toString_hidesPrivateData() {
            ModerationPreferences preferences = ModerationPreferences.of(
                    p -> p.mutedWords(List.of(Views.muted("secret"))).hiddenPosts(List.of(Views.POST)));

            assertThat(preferences.toString()).doesNotContain("secret", Views.POST.toString());
            assertThat(Moderation.of(null, preferences, LabelDefinitions.NONE).toString())
                    .doesNotContain("secret");
        }
    }

    @Nested
    class OnAServer {
        private LocalPds pds;
        private Agent session;
        private Bluesky bobs;
        private TestAccount bob;

        @BeforeEach
        void signIn(LocalPds server, TestAccount first, TestAccount second) {
            pds = server;
            bob = second;
            session = agent(first);
            bobs = bluesky(agent(second));
            Bluesky alices = bluesky(session);
            alices.follow(bob.did());
            alices.updatePreferences(p -> p.addLabeler(LABELER).muteWord("finale"));
            pds.handle(GetServices.NSID, call -> services());
        }

        private Agent agent(TestAccount account) {
            return PasswordSession.login(pds.url().toString(), account.handle(), account.password());
        }

        private static Bluesky bluesky(Agent agent) {
            return Bluesky.of(
                    agent,
                    BlueskyOptions.of(o -> o.call(call ->
                            call.retries(RetryOptions.of(r -> r.maxRetries(3).minDelay(Duration.ZERO))))));
        }

        /** Returns a labeler with a valid and an invalid definition, and a view of an unknown kind. */
        private LexMap services() {
            String view =
                    "{'$type':'app.bsky.labeler.defs#labelerViewDetailed','uri':'at://LABELER/app.bsky.labeler.service/self',"
                            + "'cid':'CID','creator':{'did':'LABELER','handle':'labels.test'},'indexedAt':'2026-01-02T03:04:05.678Z',"
                            + "'policies':{'labelValues':[],'labelValueDefinitions':[{'identifier':7},"
                            + "{'identifier':'spoiler','severity':'inform','blurs':'content','defaultSetting':'hide',"
                            + "'locales':[{'lang':'en','name':'Spoiler','description':'The end'}]}]}}";
            return LexMap.of(
                    "views",
                    LexValue.of(List.of(
                            Views.json(
                                    view.replace("LABELER", LABELER.toString()).replace("CID", Views.CID.toString())),
                            Views.json("{'$type':'app.bsky.labeler.defs#later'}"))));
        }

        @Test
        void shows_decidesPerPost() {
            AtUri plain = bobs.post("Hello").uri();
            bobs.post("The finale!");
            AtUri labeled = bobs.post("Labeled").uri();
            pds.label(labeled.toString(), "spoiler", LABELER);

            Moderation moderation = Moderation.load(session);
            Bluesky bsky = bluesky(session).withLabelsOf(moderation);

            assertThat(bsky.timeline().map(FeedViewPost::post).filter(moderation::shows))
                    .extracting(PostView::uri)
                    .containsExactly(plain);
        }

        @Test
        void load_readsPreferencesAndDefinitions() {
            Moderation moderation = bluesky(session).moderation();

            assertThat(moderation.viewer()).isEqualTo(session.did());
            assertThat(moderation.preferences().labelers()).contains(LABELER);
            assertThat(moderation.definitions().definedBy(LABELER))
                    .extracting(LabelDefinition::identifier)
                    .containsExactly("spoiler");
            assertThat(moderation.definitions().find(LABELER, "spoiler").locales())
                    .extracting(text -> text.name())
                    .containsExactly("Spoiler");
        }

        @Test
        void withLabelsOf_requestsLabelsFromLabelers() {
            Moderation moderation = Moderation.load(session);
            pds.clearRequests();

            bluesky(session).withLabelsOf(moderation).timeline().toList();

            assertThat(pds.requests())
                    .filteredOn(request -> "app.bsky.feed.getTimeline".equals(request.nsid()))
                    .extracting(request -> request.headers().get("atproto-accept-labelers"))
                    .containsExactly(ModerationPreferences.BLUESKY_LABELER + ";redact, " + LABELER);
        }
    }
}
