package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.ContentLabelPref;
import app.bsky.actor.ActorDefs.MutedWord;
import dev.atlex.bluesky.Preferences;
import dev.atlex.client.CallOptions;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A viewer's choices: labelers, label settings, muted words, hidden posts. Immutable. */
public final class ModerationPreferences {
    /** The labeler of Bluesky's own moderation, which its apps use for all viewers. */
    public static final Did BLUESKY_LABELER = Did.of("did:plc:ar7c4by46qjdydhdevvrndac");

    /** The preferences of viewers who haven't set any, and of viewers who aren't signed in. */
    public static final ModerationPreferences DEFAULTS = new Builder().build();

    /** Older label values that some preferences still contain. */
    private static final Map<String, String> RENAMED =
            Map.of("gore", "graphic-media", "nsfw", "porn", "suggestive", "sexual");

    private final boolean adultContent;
    private final Set<Did> appLabelers;
    private final Set<Did> subscribed;
    private final Set<Did> labelers;
    private final Map<String, LabelSetting> labels;
    private final Map<Did, Map<String, LabelSetting>> labelsByLabeler;
    private final List<MutedWord> mutedWords;
    private final Set<AtUri> hiddenPosts;

    private ModerationPreferences(Builder builder) {
        this.adultContent = builder.adultContent;
        this.appLabelers = builder.appLabelers;
        this.subscribed = copy(builder.labelers);
        Set<Did> all = new LinkedHashSet<>(appLabelers);
        all.addAll(subscribed);
        this.labelers = Collections.unmodifiableSet(all);
        this.labels = Map.copyOf(builder.labels);
        Map<Did, Map<String, LabelSetting>> settings = new HashMap<>();
        builder.labelsByLabeler.forEach((labeler, values) -> settings.put(labeler, Map.copyOf(values)));
        this.labelsByLabeler = settings;
        this.mutedWords = List.copyOf(builder.mutedWords);
        this.hiddenPosts = copy(builder.hiddenPosts);
    }

    private static <T> Set<T> copy(Collection<T> elements) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
    }

    /** Returns preferences configured by the function. All others have the values in {@link #DEFAULTS}. */
    public static ModerationPreferences of(Consumer<? super Builder> preferences) {
        Builder builder = new Builder();
        preferences.accept(builder);
        return builder.build();
    }

    /**
     * Returns the part of an account's preferences that moderation needs.
     *
     * <p>Settings for older label values apply to their successors: {@code gore}, {@code nsfw} and {@code suggestive}
     * for {@code graphic-media}, {@code porn} and {@code sexual}.
     *
     * @see dev.atlex.bluesky.Bluesky#preferences
     */
    public static ModerationPreferences of(Preferences preferences) {
        return of(builder -> {
            builder.adultContent(preferences.adultContent())
                    .mutedWords(preferences.mutedWords())
                    .hiddenPosts(preferences.hiddenPosts());
            preferences.labelers().forEach(builder::labeler);
            for (ContentLabelPref pref : preferences.contentLabels()) {
                Did labeler = pref.labelerDid();
                LabelSetting setting = LabelSetting.parse(pref.visibility());
                if (setting == null) {
                    continue;
                }
                if (labeler == null) {
                    builder.label(pref.label(), setting);
                } else {
                    builder.label(pref.label(), setting, labeler);
                }
            }
            RENAMED.forEach((old, current) -> {
                LabelSetting setting = builder.labels.get(old);
                if (setting != null) {
                    builder.label(current, setting);
                }
            });
        });
    }

    /** Returns a builder that starts with these preferences. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.adultContent = adultContent;
        builder.appLabelers = appLabelers;
        builder.labelers.addAll(subscribed);
        builder.labels.clear();
        builder.labels.putAll(labels);
        labelsByLabeler.forEach((labeler, values) -> builder.labelsByLabeler.put(labeler, new HashMap<>(values)));
        builder.mutedWords = mutedWords;
        builder.hiddenPosts = hiddenPosts;
        return builder;
    }

    /**
     * Returns whether adult content is enabled; false by default. If false, adult content is hidden, and the viewer
     * can't uncover it.
     */
    public boolean adultContent() {
        return adultContent;
    }

    /** Returns the labelers whose labels take effect: the app's labelers, then those that the viewer subscribes to. */
    public Set<Did> labelers() {
        return labelers;
    }

    /**
     * Returns the viewer's setting for a label value, which is the setting for the labeler or else the one for all
     * labelers. Returns null to use the definition's default.
     *
     * @param labeler the labeler's DID, or null for labels by the author
     */
    public @Nullable LabelSetting setting(String label, @Nullable Did labeler) {
        Map<String, LabelSetting> own = labeler == null ? null : labelsByLabeler.get(labeler);
        LabelSetting setting = own == null ? null : own.get(label);
        return setting == null ? labels.get(label) : setting;
    }

    /** Returns the muted words, including those that are expired. */
    public List<MutedWord> mutedWords() {
        return mutedWords;
    }

    /** Returns the posts that the viewer has hidden. */
    public Set<AtUri> hiddenPosts() {
        return hiddenPosts;
    }

    /**
     * Returns options for calls whose output will be moderated. They request the labels of {@link #labelers}; without
     * these options, a server sends only the labels of its own labelers. Content that an app's labeler has taken down
     * is left out.
     *
     * @see dev.atlex.bluesky.Bluesky#withLabelsOf
     */
    public CallOptions callOptions() {
        return CallOptions.of(o -> o.appLabelers(appLabelers).labelers(subscribed));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModerationPreferences that
                && adultContent == that.adultContent
                && appLabelers.equals(that.appLabelers)
                && subscribed.equals(that.subscribed)
                && labelers.equals(that.labelers)
                && labels.equals(that.labels)
                && labelsByLabeler.equals(that.labelsByLabeler)
                && mutedWords.equals(that.mutedWords)
                && hiddenPosts.equals(that.hiddenPosts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                adultContent, appLabelers, subscribed, labelers, labels, labelsByLabeler, mutedWords, hiddenPosts);
    }

    /** Returns only counts, because preferences are private. */
    @Override
    public String toString() {
        return "ModerationPreferences[adultContent=" + adultContent + ", labelers=" + labelers.size() + ", mutedWords="
                + mutedWords.size() + ", hiddenPosts=" + hiddenPosts.size() + "]";
    }

    /** Builds {@link ModerationPreferences}. Not thread-safe. */
    public static final class Builder {
        private boolean adultContent;
        private Set<Did> appLabelers = Set.of(BLUESKY_LABELER);
        private final Set<Did> labelers = new LinkedHashSet<>();
        private final Map<String, LabelSetting> labels = new HashMap<>(Map.of(
                "porn", LabelSetting.HIDE,
                "sexual", LabelSetting.WARN,
                "nudity", LabelSetting.IGNORE,
                "graphic-media", LabelSetting.WARN));
        private final Map<Did, Map<String, LabelSetting>> labelsByLabeler = new LinkedHashMap<>();
        private List<MutedWord> mutedWords = List.of();
        private Set<AtUri> hiddenPosts = Set.of();

        private Builder() {}

        /** Sets whether adult content is enabled. The default is false. */
        public Builder adultContent(boolean enabled) {
            this.adultContent = enabled;
            return this;
        }

        /** Sets the labelers that the app uses for all viewers. The default is {@link #BLUESKY_LABELER}. */
        public Builder appLabelers(Collection<Did> labelers) {
            this.appLabelers = copy(labelers);
            return this;
        }

        /** Subscribes to a labeler. */
        public Builder labeler(Did labeler) {
            labelers.add(Objects.requireNonNull(labeler, "labeler"));
            return this;
        }

        /** Sets what happens to subjects with a label from any labeler, or from their own author. */
        public Builder label(String label, LabelSetting setting) {
            labels.put(label, Objects.requireNonNull(setting, "setting"));
            return this;
        }

        /** Sets what happens to subjects with a label from one labeler. */
        public Builder label(String label, LabelSetting setting, Did labeler) {
            labelsByLabeler
                    .computeIfAbsent(labeler, did -> new HashMap<>())
                    .put(label, Objects.requireNonNull(setting, "setting"));
            return this;
        }

        /** Sets the muted words. */
        public Builder mutedWords(Collection<MutedWord> words) {
            this.mutedWords = new ArrayList<>(words);
            return this;
        }

        /** Sets the hidden posts. */
        public Builder hiddenPosts(Collection<AtUri> posts) {
            this.hiddenPosts = copy(posts);
            return this;
        }

        /** Returns the preferences. */
        public ModerationPreferences build() {
            return new ModerationPreferences(this);
        }
    }
}
