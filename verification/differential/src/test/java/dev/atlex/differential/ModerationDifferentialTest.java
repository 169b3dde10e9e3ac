package dev.atlex.differential;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.feed.FeedDefs.GeneratorView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.graph.GraphDefs.ListViewBasic;
import app.bsky.labeler.LabelerDefs.LabelerViewDetailed;
import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.Preferences;
import dev.atlex.bluesky.moderation.LabelDefinitions;
import dev.atlex.bluesky.moderation.Moderation;
import dev.atlex.bluesky.moderation.ModerationCause;
import dev.atlex.bluesky.moderation.ModerationContext;
import dev.atlex.bluesky.moderation.ModerationDecision;
import dev.atlex.bluesky.moderation.ModerationPreferences;
import dev.atlex.bluesky.moderation.ModerationSource;
import dev.atlex.bluesky.moderation.ModerationUi;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares moderation decisions with upstream's for generated viewers and subjects: all causes, and the effects in each
 * context. {@code -Datlex.differential.moderation=100000} compares more subjects, and {@code
 * -Datlex.differential.seed=…} other ones.
 */
@Tag("reference")
class ModerationDifferentialTest {
    private static final int CHUNK = 200;
    private static final int MAX_REPORTED = 5;

    private record Case(
            @Nullable String viewer, List<LexValue> preferences, List<LexValue> labelers, String kind, LexMap subject) {
        static Case generate(ModerationGenerator generator) {
            String kind = generator.kind();
            return new Case(
                    generator.viewer(), generator.preferences(), generator.labelers(), kind, generator.subject(kind));
        }

        /**
         * Returns the input for the reference, without expired and negated labels, because the reference would apply
         * them.
         */
        String line() {
            return LexMap.builder()
                            .put("viewer", viewer == null ? LexValue.ofNull() : LexValue.of(viewer))
                            .put("preferences", LexValue.of(preferences))
                            .put("labelers", LexValue.of(labelers))
                            .put("kind", kind)
                            .put("subject", Objects.requireNonNull(active(subject)))
                            .build()
                            .toJson()
                    + "\n";
        }
    }

    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    @Test
    void generatedSubjects_getSameDecisions() throws Exception {
        Path root = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../..")
                .normalize();
        int count = Integer.getInteger("atlex.differential.moderation", 2_000);
        Random random = new Random(Long.getLong("atlex.differential.seed", 20261101));
        int causes = 0;
        try (ReferenceProcess reference = ReferenceProcess.start(root, "moderation.mjs")) {
            for (int done = 0; done < count; done += CHUNK) {
                List<Case> cases = new ArrayList<>();
                for (int i = 0; i < Math.min(CHUNK, count - done); i++) {
                    cases.add(Case.generate(new ModerationGenerator(random, random.nextInt(5) == 0)));
                    reference.write(cases.get(i).line());
                }
                reference.flush();
                for (Case one : cases) {
                    causes += compare(one, (LexArray) LexValue.parseJson(reference.next()));
                }
            }
        }

        System.out.printf("%d subjects with %d causes: %s%n", count, causes, kinds);
        assertThat(kinds).as("causes that occur").hasSizeGreaterThanOrEqualTo(6);
        assertThat(unknown.stream().limit(MAX_REPORTED))
                .as("of %d", unknown.size())
                .isEmpty();
    }

    private int compare(Case one, LexArray theirs) {
        ModerationDecision decision = decide(one);
        List<LexValue> ours = new ArrayList<>(List.of(
                LexValue.of(decision.own()),
                LexValue.of(decision.blocked()),
                LexValue.of(decision.muted()),
                describe(decision.causes())));
        for (ModerationContext context : ModerationContext.values()) {
            ModerationUi ui = decision.ui(context);
            ours.add(LexArray.of(
                    describe(ui.filters()),
                    describe(ui.blurs()),
                    describe(ui.alerts()),
                    describe(ui.informs()),
                    LexValue.of(ui.noOverride())));
        }
        if (!LexArray.copyOf(ours).equals(theirs)) {
            unknown.add(one.line() + "  ours:   " + LexArray.copyOf(ours).toJson() + "\n  theirs: " + theirs.toJson()
                    + "\n");
        }
        decision.causes().forEach(cause -> kinds.merge(type(cause), 1, Integer::sum));
        return decision.causes().size();
    }

    private static ModerationDecision decide(Case one) {
        Preferences preferences =
                Preferences.of(one.preferences.stream().map(LexMap.class::cast).toList());
        LabelDefinitions definitions = LabelDefinitions.of(one.labelers.stream()
                .map(labeler -> read(LabelerViewDetailed.CODEC, labeler))
                .toList());
        Moderation moderation = Moderation.of(
                one.viewer == null ? null : Did.of(one.viewer), ModerationPreferences.of(preferences), definitions);
        return switch (one.kind) {
            case "post" -> moderation.post(read(PostView.CODEC, one.subject));
            case "profile" -> moderation.profile(read(ProfileView.CODEC, one.subject));
            case "status" -> moderation.status(read(ProfileViewBasic.CODEC, one.subject));
            case "notification" -> moderation.notification(read(Notification.CODEC, one.subject));
            case "feedGenerator" -> moderation.feedGenerator(read(GeneratorView.CODEC, one.subject));
            default ->
                one.subject.containsKey("creator")
                        ? moderation.userList(read(ListView.CODEC, one.subject))
                        : moderation.userList(read(ListViewBasic.CODEC, one.subject));
        };
    }

    private static <T> T read(Codec<T> codec, LexValue value) {
        return codec.fromValue(value, ReadOptions.LENIENT);
    }

    private static LexArray describe(List<ModerationCause> causes) {
        return LexArray.copyOf(
                causes.stream().map(cause -> LexValue.of(describe(cause))).toList());
    }

    private static String describe(ModerationCause cause) {
        ModerationSource source = cause.source();
        List<Object> parts = new ArrayList<>(List.of(type(cause), cause.priority()));
        if (source instanceof ModerationSource.UserList list) {
            parts.addAll(List.of("list", list.list().uri()));
        } else if (source instanceof ModerationSource.Labeler labeler) {
            parts.addAll(List.of("labeler", labeler.did()));
        } else {
            parts.addAll(List.of("user", ""));
        }
        parts.add(cause.inQuote() ? "quote" : "");
        if (cause instanceof ModerationCause.Labeled label) {
            parts.addAll(List.of(
                    label.label().val(),
                    label.label().uri(),
                    label.definition().labeler() == null
                            ? ""
                            : label.definition().labeler(),
                    label.target().name().toLowerCase(Locale.ROOT),
                    label.setting().name().toLowerCase(Locale.ROOT),
                    label.noOverride()));
        } else if (cause instanceof ModerationCause.MutedWords words) {
            words.matches().forEach(match -> parts.addAll(List.of(match.word().value(), match.text())));
        }
        return String.join("|", parts.stream().map(Object::toString).toList());
    }

    private static String type(ModerationCause cause) {
        if (cause instanceof ModerationCause.Labeled) {
            return "label";
        }
        if (cause instanceof ModerationCause.Muted) {
            return "muted";
        }
        if (cause instanceof ModerationCause.MutedWords) {
            return "mute-word";
        }
        if (cause instanceof ModerationCause.Hidden) {
            return "hidden";
        }
        return cause instanceof ModerationCause.Blocking ? "blocking" : "blocked-by";
    }

    /** Returns a value without labels that are expired or negated, or null for such a label. */
    private static @Nullable LexValue active(LexValue value) {
        if (value instanceof LexArray array) {
            return LexArray.copyOf(array.stream()
                    .map(ModerationDifferentialTest::active)
                    .filter(Objects::nonNull)
                    .toList());
        }
        if (!(value instanceof LexMap map)) {
            return value;
        }
        String expires = map.getString("exp");
        if (Boolean.TRUE.equals(map.getBoolean("neg")) || expires != null && expires.startsWith("2001")) {
            return null;
        }
        LexMap.Builder copy = LexMap.builder();
        map.forEach((name, field) -> copy.put(name, Objects.requireNonNullElse(active(field), LexValue.ofNull())));
        return copy.build();
    }
}
