package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.Views.LABELER;
import static dev.atlex.bluesky.moderation.Views.VIEWER;
import static dev.atlex.bluesky.moderation.Views.author;
import static dev.atlex.bluesky.moderation.Views.on;
import static dev.atlex.bluesky.moderation.Views.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.LabelDefs.LabelValueDefinition;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests that decisions and definitions are equal if their contents are. */
class ModerationValuesTest {
    private static LabelValueDefinition spoiler(Consumer<LabelValueDefinition.Builder> more) {
        LabelValueDefinition.Builder definition = LabelValueDefinition.builder()
                .identifier("spoiler")
                .severity("inform")
                .blurs("content")
                .locales(List.of());
        more.accept(definition);
        return definition.build();
    }

    private static LabelDefinition definition(Did labeler, Consumer<LabelValueDefinition.Builder> more) {
        return LabelDefinition.of(spoiler(more), labeler);
    }

    /** Makes a decision as if the definitions had just been loaded again. */
    private static ModerationDecision decision(LabelTarget target, String label, boolean adultContent) {
        Moderation moderation = Moderation.of(
                VIEWER,
                ModerationPreferences.of(p -> p.adultContent(adultContent).labeler(LABELER)),
                LabelDefinitions.of(List.of(Views.labeler(spoiler(d -> {})))));
        return target == LabelTarget.CONTENT
                ? moderation.post(post(author(), p -> p.labels(on(target, LABELER, label))))
                : moderation.post(post(author(on(target, LABELER, label)), p -> {}));
    }

    private static <T> void assertDifferent(List<Supplier<T>> different) {
        for (Supplier<T> one : different) {
            assertThat(one.get()).isEqualTo(one.get()).hasSameHashCodeAs(one.get());
            for (Supplier<T> other : different) {
                if (one != other) {
                    assertThat(one.get()).isNotEqualTo(other.get());
                }
            }
        }
    }

    @Test
    void decisions() {
        assertThat(decision(LabelTarget.CONTENT, "spoiler", true).causes()).hasSize(1);
        assertDifferent(List.of(
                () -> decision(LabelTarget.CONTENT, "spoiler", true),
                () -> decision(LabelTarget.ACCOUNT, "spoiler", true),
                () -> decision(LabelTarget.CONTENT, "porn", true),
                () -> decision(LabelTarget.CONTENT, "porn", false),
                () -> decision(LabelTarget.CONTENT, "unknown", false),
                () -> new ModerationDecision(true, List.of())));
    }

    @Test
    void uis() {
        assertDifferent(List.of(
                () -> decision(LabelTarget.CONTENT, "spoiler", true).ui(ModerationContext.CONTENT_LIST),
                () -> decision(LabelTarget.CONTENT, "spoiler", true).ui(ModerationContext.AVATAR),
                () -> decision(LabelTarget.CONTENT, "porn", true).ui(ModerationContext.CONTENT_LIST),
                () -> decision(LabelTarget.CONTENT, "porn", true).ui(ModerationContext.CONTENT_MEDIA),
                () -> decision(LabelTarget.CONTENT, "porn", false).ui(ModerationContext.CONTENT_MEDIA)));
    }

    @Test
    void definitions() {
        assertDifferent(List.of(
                () -> definition(LABELER, d -> {}),
                () -> definition(VIEWER, d -> {}),
                () -> definition(LABELER, d -> d.identifier("other")),
                () -> definition(LABELER, d -> d.severity("alert")),
                () -> definition(LABELER, d -> d.blurs("media")),
                () -> definition(LABELER, d -> d.adultOnly(true)),
                () -> definition(LABELER, d -> d.defaultSetting("hide"))));
    }
}
