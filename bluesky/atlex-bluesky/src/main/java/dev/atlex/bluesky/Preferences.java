package dev.atlex.bluesky;

import app.bsky.actor.ActorDefs.AdultContentPref;
import app.bsky.actor.ActorDefs.ContentLabelPref;
import app.bsky.actor.ActorDefs.HiddenPostsPref;
import app.bsky.actor.ActorDefs.LabelerPrefItem;
import app.bsky.actor.ActorDefs.LabelersPref;
import app.bsky.actor.ActorDefs.MutedWord;
import app.bsky.actor.ActorDefs.MutedWordsPref;
import app.bsky.actor.ActorDefs.PreferencesItem;
import app.bsky.actor.ActorDefs.SavedFeed;
import dev.atlex.bluesky.internal.action.MutedWords;
import dev.atlex.bluesky.internal.action.PreferenceList;
import dev.atlex.bluesky.internal.action.SavedFeeds;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An account's private preferences. Immutable.
 *
 * <p>The getters cover the most common kinds; {@link #stored} returns all of them. Unknown kinds and fields, and
 * preferences that violate their schema, are kept unchanged.
 *
 * @see Bluesky#updatePreferences
 */
public final class Preferences {
    private final PreferenceList list;

    private Preferences(PreferenceList list) {
        this.list = list;
    }

    /** Creates preferences from the untyped items that a server stores. */
    public static Preferences of(List<LexMap> stored) {
        return new Preferences(new PreferenceList(stored));
    }

    /** Returns a builder that starts with these preferences. */
    public Builder toBuilder() {
        return new Builder(list.copy());
    }

    /** Returns all preferences as they are stored, including those of unknown kinds. */
    public List<LexMap> stored() {
        return list.maps();
    }

    /** Returns all valid preferences, including those of unknown kinds. */
    public List<PreferencesItem> items() {
        return list.decode(PreferencesItem.CODEC, list.maps());
    }

    /** Returns whether adult content is enabled. The default is false. */
    public boolean adultContent() {
        return list.of(AdultContentPref.TYPE).stream()
                .anyMatch(pref -> Boolean.TRUE.equals(pref.getBoolean("enabled")));
    }

    /** Returns the muted words and tags, including expired ones. */
    public List<MutedWord> mutedWords() {
        return list.decode(MutedWord.CODEC, list.elements(MutedWordsPref.TYPE, "items"));
    }

    /** Returns the visibility of labeled content, by label, for all labelers or for one. */
    public List<ContentLabelPref> contentLabels() {
        return list.decode(ContentLabelPref.CODEC, list.of(ContentLabelPref.TYPE));
    }

    /** Returns the labelers that the account subscribes to. */
    public List<Did> labelers() {
        return list.decode(LabelerPrefItem.CODEC, list.elements(LabelersPref.TYPE, "labelers")).stream()
                .map(LabelerPrefItem::did)
                .toList();
    }

    /** Returns the posts that the account has hidden from its own view. */
    public List<AtUri> hiddenPosts() {
        return list.strings(HiddenPostsPref.TYPE, "items").stream()
                .filter(AtUri::isValid)
                .map(AtUri::of)
                .toList();
    }

    /** Returns the saved feeds, lists and timelines in the order in which apps show them. */
    public List<SavedFeed> savedFeeds() {
        return list.decode(SavedFeed.CODEC, SavedFeeds.of(list));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Preferences that && list.maps().equals(that.list.maps());
    }

    @Override
    public int hashCode() {
        return list.maps().hashCode();
    }

    /** Returns only the number of preferences, because their content is private. */
    @Override
    public String toString() {
        return "Preferences[" + list.maps().size() + "]";
    }

    /** Changes {@link Preferences}. A change that is already in effect does nothing. Not thread-safe. */
    public static final class Builder {
        private final PreferenceList list;

        private Builder(PreferenceList list) {
            this.list = list;
        }

        /** Sets whether adult content is enabled. */
        public Builder adultContent(boolean enabled) {
            return put(
                    typed(AdultContentPref.TYPE).put("enabled", enabled).build(),
                    pref -> AdultContentPref.TYPE.equals(pref.type()));
        }

        /** Mutes a word or phrase in the text and the tags of posts. */
        public Builder muteWord(String word) {
            return muteWord(w -> w.value(word).targets("content", "tag"));
        }

        /** Mutes a tag, with or without the leading {@code #}. */
        public Builder muteTag(String tag) {
            return muteWord(w -> w.value(tag).targets("tag"));
        }

        /**
         * Mutes a word, configured by the function:
         * {@code w -> w.value("finale").targets("content").expiresAt(friday)}. Replaces an earlier mute of the same
         * word.
         *
         * @throws IllegalArgumentException if the word is blank
         */
        public Builder muteWord(Consumer<? super MutedWord.Builder> word) {
            MutedWords.mute(list, word);
            return this;
        }

        /** Unmutes a word or a tag, if it is muted. */
        public Builder unmuteWord(String word) {
            MutedWords.unmute(list, word);
            return this;
        }

        /**
         * Sets the visibility of content with a label from any labeler: {@code ignore}, {@code warn} or {@code hide}.
         */
        public Builder contentLabel(String label, String visibility) {
            return contentLabel(label, visibility, null);
        }

        /** Like {@link #contentLabel(String, String)}, for a label from one labeler. */
        public Builder contentLabel(String label, String visibility, @Nullable Did labeler) {
            LexMap.Builder pref =
                    typed(ContentLabelPref.TYPE).put("label", label).put("visibility", visibility);
            String did = labeler == null ? null : labeler.toString();
            if (did != null) {
                pref.put("labelerDid", did);
            }
            return put(
                    pref.build(),
                    old -> ContentLabelPref.TYPE.equals(old.type())
                            && label.equals(old.getString("label"))
                            && Objects.equals(did, old.getString("labelerDid")));
        }

        private static LexMap.Builder typed(String type) {
            return LexMap.builder().put("$type", type);
        }

        /** Subscribes to a labeler. */
        public Builder addLabeler(Did labeler) {
            list.add(LabelersPref.TYPE, "labelers", LexMap.of("did", LexValue.of(labeler.toString())), same(labeler));
            return this;
        }

        /** Unsubscribes from a labeler. */
        public Builder removeLabeler(Did labeler) {
            list.remove(LabelersPref.TYPE, "labelers", same(labeler));
            return this;
        }

        private static Predicate<LexValue> same(Did labeler) {
            return item -> item instanceof LexMap map && labeler.toString().equals(map.getString("did"));
        }

        /** Hides a post, for this account only. */
        public Builder hidePost(AtUri post) {
            LexValue uri = LexValue.of(post.toString());
            list.add(HiddenPostsPref.TYPE, "items", uri, uri::equals);
            return this;
        }

        /** Shows a hidden post again. */
        public Builder unhidePost(AtUri post) {
            list.remove(HiddenPostsPref.TYPE, "items", LexValue.of(post.toString())::equals);
            return this;
        }

        /**
         * Saves a feed generator or a list to the saved feeds.
         *
         * @param pinned whether apps show it among their tabs
         */
        public Builder saveFeed(AtUri feed, boolean pinned) {
            SavedFeeds.save(list, feed, pinned);
            return this;
        }

        /** Removes a saved feed or list. */
        public Builder removeFeed(AtUri feed) {
            SavedFeeds.remove(list, feed);
            return this;
        }

        /**
         * Merges a preference into the first one that matches the condition, and removes any further matches. If none
         * matches, the preference is appended. Use this method for kinds that have no setter.
         *
         * @param preference the preference with its {@code $type}
         */
        public Builder put(LexMap preference, Predicate<? super LexMap> replaces) {
            list.put(preference, replaces);
            return this;
        }

        /** Removes all preferences that match the condition. */
        public Builder removeIf(Predicate<? super LexMap> condition) {
            list.removeIf(condition);
            return this;
        }

        /** Builds the preferences. */
        public Preferences build() {
            return new Preferences(list.copy());
        }
    }
}
