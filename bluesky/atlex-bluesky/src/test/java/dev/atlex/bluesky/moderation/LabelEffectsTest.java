package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.Views.AUTHOR;
import static dev.atlex.bluesky.moderation.Views.LABELER;
import static dev.atlex.bluesky.moderation.Views.VIEWER;
import static dev.atlex.bluesky.moderation.Views.author;
import static dev.atlex.bluesky.moderation.Views.effects;
import static dev.atlex.bluesky.moderation.Views.label;
import static dev.atlex.bluesky.moderation.Views.on;
import static dev.atlex.bluesky.moderation.Views.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.LabelDefs.Label;
import com.atproto.label.LabelDefs.LabelValueDefinition;
import dev.atlex.bluesky.moderation.ModerationCause.Labeled;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the effects of labels, with tables. {@code !} after a blur means that the viewer can't uncover the content. */
class LabelEffectsTest {
    private static Moderation moderation(Consumer<ModerationPreferences.Builder> preferences) {
        return moderation(VIEWER, preferences, LabelDefinitions.NONE);
    }

    private static Moderation moderation(
            @Nullable Did viewer, Consumer<ModerationPreferences.Builder> preferences, LabelDefinitions definitions) {
        return Moderation.of(
                viewer,
                ModerationPreferences.of(p -> {
                    p.adultContent(true).labeler(LABELER);
                    preferences.accept(p);
                }),
                definitions);
    }

    /** Returns the decision about a post whose author, profile or content has a label. */
    private static ModerationDecision decide(Moderation moderation, LabelTarget target, Label label) {
        return target == LabelTarget.CONTENT
                ? moderation.post(post(author(), p -> p.labels(label)))
                : moderation.post(post(author(label), p -> {}));
    }

    @Nested
    class BuiltIn {
        /** Each label is set by a labeler on an account, a profile and a post. Adult content is enabled. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                !hide | ACCOUNT | profileList:filter+blur! profileView:blur! avatar:blur! banner:blur! displayName:blur! contentList:filter+blur! contentView:blur!
                !hide | PROFILE | avatar:blur! banner:blur! displayName:blur!
                !hide | CONTENT | contentList:filter+blur! contentView:blur!
                !warn | ACCOUNT | profileList:blur profileView:blur avatar:blur banner:blur contentList:blur contentView:blur
                !warn | PROFILE | avatar:blur banner:blur displayName:blur
                !warn | CONTENT | contentList:blur contentView:blur
                porn  | ACCOUNT | profileList:filter avatar:blur banner:blur contentList:filter
                porn  | PROFILE | avatar:blur banner:blur
                porn  | CONTENT | contentList:filter contentMedia:blur
                sexual | ACCOUNT | avatar:blur banner:blur
                sexual | PROFILE | avatar:blur banner:blur
                sexual | CONTENT | contentMedia:blur
                graphic-media | CONTENT | contentMedia:blur
                gore | CONTENT | contentMedia:blur
                nudity | ACCOUNT | ''
                nudity | CONTENT | ''
                nonsense | CONTENT | ''
                !nonsense | CONTENT | ''
                constructor | CONTENT | ''
                !no-unauthenticated | ACCOUNT | ''
                """)
        void defaultSettings(String value, LabelTarget target, String effects) {
            assertThat(effects(decide(moderation(p -> {}), target, on(target, LABELER, value))))
                    .isEqualTo(effects);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                porn   | contentList:filter contentMedia:blur!
                sexual | contentList:filter contentMedia:blur!
                graphic-media | contentList:filter contentMedia:blur!
                gore | contentList:filter contentMedia:blur!
                nudity | ''
                !warn | contentList:blur contentView:blur
                """)
        void withoutAdultContent_itIsHiddenAndStaysCovered(String value, String effects) {
            Moderation moderation = moderation(p ->
                    p.adultContent(false).label(value, LabelSetting.IGNORE).label(value, LabelSetting.IGNORE, LABELER));

            assertThat(effects(decide(moderation, LabelTarget.CONTENT, on(LabelTarget.CONTENT, LABELER, value))))
                    .isEqualTo(effects);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                porn | IGNORE | '' | ''
                porn | WARN | '' | contentMedia:blur
                porn | HIDE | '' | contentList:filter contentMedia:blur
                porn | HIDE | WARN | contentMedia:blur
                porn | IGNORE | HIDE | contentList:filter contentMedia:blur
                nudity | WARN | '' | contentMedia:blur
                !hide | IGNORE | IGNORE | contentList:filter+blur! contentView:blur!
                !warn | IGNORE | HIDE | contentList:blur contentView:blur
                """)
        void labelersSetting_precedesTheGeneralOne(
                String value, LabelSetting setting, String labelers, String effects) {
            Moderation moderation = moderation(p -> {
                p.label(value, setting);
                if (!labelers.isEmpty()) {
                    p.label(value, LabelSetting.valueOf(labelers), LABELER);
                }
            });

            assertThat(effects(decide(moderation, LabelTarget.CONTENT, on(LabelTarget.CONTENT, LABELER, value))))
                    .isEqualTo(effects);
        }

        /** Labels that authors put on their own posts need no labeler. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                porn | contentList:filter contentMedia:blur
                !hide | ''
                !warn | ''
                """)
        void labelByAuthor(String value, String effects) {
            assertThat(effects(
                            decide(moderation(p -> {}), LabelTarget.CONTENT, on(LabelTarget.CONTENT, AUTHOR, value))))
                    .isEqualTo(effects);
        }

        @Test
        void noUnauthenticated_hidesFromViewersWhoAreNotSignedIn() {
            Moderation signedOut = moderation(null, p -> {}, LabelDefinitions.NONE);
            Label label = on(LabelTarget.PROFILE, AUTHOR, "!no-unauthenticated");

            assertThat(effects(signedOut.profile(author(label))))
                    .isEqualTo("profileList:filter+blur! profileView:blur! avatar:blur! banner:blur! displayName:blur! "
                            + "contentList:filter+blur! contentView:blur!");
            assertThat(signedOut.shows(post(author(label), p -> {}))).isFalse();
            assertThat(effects(moderation(p -> {}).profile(author(label)))).isEmpty();
        }

        @Test
        void ownSubjects_areNeverFiltered_andCanBeUncovered() {
            Moderation own = moderation(AUTHOR, p -> p.adultContent(false), LabelDefinitions.NONE);

            assertThat(effects(decide(own, LabelTarget.CONTENT, on(LabelTarget.CONTENT, LABELER, "porn"))))
                    .isEqualTo("contentMedia:blur");
            assertThat(effects(decide(own, LabelTarget.CONTENT, on(LabelTarget.CONTENT, LABELER, "!hide"))))
                    .isEqualTo("contentList:blur contentView:blur");
        }
    }

    @Nested
    class Sources {
        @Test
        void labelByAnotherLabeler_hasNoEffect() {
            Did other = Did.of("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");

            assertThat(decide(moderation(p -> {}), LabelTarget.CONTENT, on(LabelTarget.CONTENT, other, "porn"))
                            .causes())
                    .isEmpty();
        }

        @Test
        void labelByAppsLabeler_appliesToAllViewers() {
            Label label = on(LabelTarget.CONTENT, ModerationPreferences.BLUESKY_LABELER, "!hide");
            Moderation signedOut = Moderation.of(null, ModerationPreferences.DEFAULTS, LabelDefinitions.NONE);

            assertThat(signedOut.shows(post(author(), p -> p.labels(label)))).isFalse();
        }

        @Test
        void cause_namesLabelerAndDefinition() {
            ModerationDecision decision =
                    decide(moderation(p -> {}), LabelTarget.CONTENT, on(LabelTarget.CONTENT, LABELER, "porn"));

            Labeled cause = decision.labels().get(0);
            assertThat(cause.source()).isEqualTo(new ModerationSource.Labeler(LABELER));
            assertThat(cause.definition().identifier()).isEqualTo("porn");
            assertThat(cause.definition().labeler()).isNull();
            assertThat(cause.label().val()).isEqualTo("porn");
            assertThat(cause.priority()).isEqualTo(2);
            assertThat(cause.toString()).contains("porn on CONTENT");
            assertThat(decision.ui(ModerationContext.CONTENT_LIST).filters()).containsExactly(cause);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                !hide  | CONTENT | true  | 1
                porn   | CONTENT | false | 1
                porn   | CONTENT | true  | 2
                !warn  | CONTENT | true  | 5
                !warn  | ACCOUNT | true  | 5
                !warn  | PROFILE | true  | 8
                sexual | CONTENT | true  | 7
                sexual | ACCOUNT | true  | 8
                """)
        void priorityOfLabels(String value, LabelTarget target, boolean adultContent, int priority) {
            assertThat(decide(moderation(p -> p.adultContent(adultContent)), target, on(target, LABELER, value))
                            .causes())
                    .extracting(ModerationCause::priority)
                    .containsExactly(priority);
        }

        @Test
        void causes_areSortedByPriority() {
            ModerationDecision decision = moderation(p -> p.adultContent(false))
                    .post(post(
                            author(),
                            p -> p.labels(
                                    on(LabelTarget.CONTENT, LABELER, "!warn"),
                                    on(LabelTarget.CONTENT, LABELER, "!hide"))));

            assertThat(decision.causes()).extracting(ModerationCause::priority).containsExactly(5, 1);
            assertThat(decision.ui(ModerationContext.CONTENT_LIST).blurs())
                    .extracting(ModerationCause::priority)
                    .containsExactly(1, 5);
        }
    }

    @Nested
    class Lifetime {
        private final Label label = on(LabelTarget.CONTENT, LABELER, "!hide");

        private boolean shows(Label... labels) {
            return moderation(p -> {}).shows(post(author(), p -> p.labels(labels)));
        }

        private Label negation(String cts) {
            return label(LABELER, Views.POST, "!hide", l -> l.neg(true).cts(Datetime.unchecked(cts)));
        }

        @Test
        void negation_isNoLabel() {
            assertThat(shows(negation("2026-01-02T03:04:05Z"))).isTrue();
        }

        @Test
        void negation_removesOlderLabels() {
            assertThat(shows(label)).isFalse();
            assertThat(shows(label, negation("2026-01-03T00:00:00Z"))).isTrue();
            assertThat(shows(negation("2026-01-03T00:00:00Z"), label)).isTrue();
            assertThat(shows(negation("2026-01-01T00:00:00Z"), label)).isFalse();
            assertThat(shows(negation("2026-01-01T00:00:00Z"), negation("2026-01-03T00:00:00Z"), label))
                    .isTrue();
            assertThat(shows(negation("2026-01-03T00:00:00Z"), negation("2026-01-01T00:00:00Z"), label))
                    .isTrue();
            assertThat(shows(negation("when?"), label)).isTrue();
        }

        @Test
        void negationOfOtherLabel_doesNothing() {
            Label other = label(LABELER, Views.POST, "!warn", l -> l.neg(true));
            Label others = label(AUTHOR, Views.POST, "!hide", l -> l.neg(true));

            assertThat(shows(label, other, others)).isFalse();
        }

        @Test
        void expiredLabel_hasNoEffect() {
            assertThat(shows(label.toBuilder()
                            .exp(Datetime.of("2001-01-01T00:00:00Z"))
                            .build()))
                    .isTrue();
            assertThat(shows(label.toBuilder()
                            .exp(Datetime.of("2999-01-01T00:00:00Z"))
                            .build()))
                    .isFalse();
            assertThat(shows(label.toBuilder().exp(Datetime.unchecked("never")).build()))
                    .isFalse();
        }

        @Test
        void brokenLabels_areIgnored() {
            Label broken = Label.builder()
                    .src(Did.unchecked("not a DID"))
                    .uri("")
                    .val("")
                    .cts(Datetime.unchecked(""))
                    .build();

            assertThat(shows(broken)).isTrue();
            assertThat(shows(broken, label)).isFalse();
            assertThat(moderation(p -> {}).shows(post(author(broken), p -> {}))).isTrue();
        }
    }

    @Nested
    class Custom {
        private LabelDefinitions define(Consumer<LabelValueDefinition.Builder> definition) {
            LabelValueDefinition.Builder builder = LabelValueDefinition.builder()
                    .identifier("spoiler")
                    .severity("inform")
                    .blurs("none")
                    .locales(List.of());
            definition.accept(builder);
            return LabelDefinitions.of(List.of(Views.labeler(builder.build())));
        }

        private ModerationDecision decide(LabelDefinitions definitions, LabelTarget target, String value) {
            return LabelEffectsTest.decide(
                    moderation(VIEWER, p -> {}, definitions), target, on(target, LABELER, value));
        }

        /** The severity and blurs of a label, with the setting to warn. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                alert  | content | ACCOUNT | profileList:alert profileView:alert contentList:blur contentView:alert
                alert  | content | PROFILE | profileList:alert profileView:alert
                alert  | content | CONTENT | contentList:blur contentView:alert
                alert  | media   | ACCOUNT | profileList:alert profileView:alert avatar:blur banner:blur
                alert  | media   | PROFILE | profileList:alert profileView:alert avatar:blur banner:blur
                alert  | media   | CONTENT | contentMedia:blur
                alert  | none    | ACCOUNT | profileList:alert profileView:alert contentList:alert contentView:alert
                alert  | none    | PROFILE | profileList:alert profileView:alert
                alert  | none    | CONTENT | contentList:alert contentView:alert
                inform | content | CONTENT | contentList:blur contentView:inform
                inform | none    | ACCOUNT | profileList:inform profileView:inform contentList:inform contentView:inform
                inform | none    | CONTENT | contentList:inform contentView:inform
                none   | content | CONTENT | contentList:blur
                none   | media   | ACCOUNT | avatar:blur banner:blur
                none   | none    | CONTENT | ''
                later  | content | CONTENT | contentList:blur
                alert  | later   | ACCOUNT | ''
                """)
        void severityAndBlurs(String severity, String blurs, LabelTarget target, String effects) {
            assertThat(effects(decide(define(d -> d.severity(severity).blurs(blurs)), target, "spoiler")))
                    .isEqualTo(effects);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                hide   | contentList:filter+inform contentView:inform
                warn   | contentList:inform contentView:inform
                later  | contentList:inform contentView:inform
                ignore | ''
                """)
        void defaultSetting(String setting, String effects) {
            assertThat(effects(decide(define(d -> d.defaultSetting(setting)), LabelTarget.CONTENT, "spoiler")))
                    .isEqualTo(effects);
        }

        @Test
        void adultOnly_alsoCoversContentPage() {
            LabelDefinitions definitions = define(d -> d.blurs("content").adultOnly(true));

            assertThat(effects(decide(definitions, LabelTarget.CONTENT, "spoiler")))
                    .isEqualTo("contentList:blur contentView:blur");
            assertThat(effects(LabelEffectsTest.decide(
                            moderation(VIEWER, p -> p.adultContent(false), definitions),
                            LabelTarget.CONTENT,
                            on(LabelTarget.CONTENT, LABELER, "spoiler"))))
                    .isEqualTo("contentList:filter+blur! contentView:blur!");
        }

        @Test
        void labelerRedefinesABuiltInValue() {
            LabelDefinitions definitions = define(d -> d.identifier("porn").severity("alert"));

            assertThat(effects(decide(definitions, LabelTarget.CONTENT, "porn")))
                    .isEqualTo("contentList:filter+alert contentView:alert");
        }

        @Test
        void labelerCannotRedefineASystemValue() {
            LabelDefinitions definitions = define(d -> d.identifier("!hide").defaultSetting("ignore"));

            assertThat(effects(decide(definitions, LabelTarget.CONTENT, "!hide")))
                    .isEqualTo("contentList:filter+blur! contentView:blur!");
        }

        @Test
        void definitionByAnotherLabeler_doesNotApply() {
            LabelDefinitions definitions = define(d -> {});

            assertThat(LabelEffectsTest.decide(
                                    moderation(VIEWER, p -> p.labeler(VIEWER), definitions),
                                    LabelTarget.CONTENT,
                                    on(LabelTarget.CONTENT, VIEWER, "spoiler"))
                            .causes())
                    .isEmpty();
        }

        @Test
        void author_cannotUseACustomLabel() {
            LabelDefinitions definitions = define(d -> {});
            Moderation moderation = moderation(VIEWER, p -> {}, definitions);

            assertThat(moderation
                            .post(post(
                                    Views.author(LABELER, v -> {}),
                                    p -> p.labels(on(LabelTarget.CONTENT, LABELER, "spoiler"))))
                            .causes())
                    .isEmpty();
        }

        @Test
        void duplicateDefinition_firstOneCounts() {
            LabelValueDefinition first = LabelValueDefinition.builder()
                    .identifier("spoiler")
                    .severity("alert")
                    .blurs("none")
                    .locales(List.of())
                    .build();
            LabelDefinitions definitions = LabelDefinitions.of(List.of(
                    Views.labeler(first, first.toBuilder().severity("inform").build()), Views.labeler()));

            assertThat(definitions.find(LABELER, "spoiler"))
                    .extracting(LabelDefinition::severity)
                    .isEqualTo("alert");
            assertThat(definitions.definedBy(LABELER)).hasSize(1);
            assertThat(definitions.definedBy(VIEWER)).isEmpty();
            assertThat(definitions.toString()).contains(LABELER.toString());
        }
    }
}
