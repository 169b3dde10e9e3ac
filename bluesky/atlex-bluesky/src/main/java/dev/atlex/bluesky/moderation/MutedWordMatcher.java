package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.MutedWord;
import app.bsky.actor.ActorDefs.ViewerState;
import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds muted words in text and tags, by upstream's rules. */
final class MutedWordMatcher {
    /** Languages in which spaces don't reliably separate words. In such text, a muted word matches anywhere. */
    private static final Set<String> UNSPACED = Set.of("ja", "zh", "ko", "th", "vi");

    /** @param phrase whether it has spaces or punctuation, and so may match any part of the text */
    private record Entry(
            MutedWord word,
            String text,
            boolean content,
            boolean phrase,
            @Nullable Instant expires) {
        static Entry of(MutedWord word) {
            String text = fold(lower(word.value()));
            Datetime expires = word.expiresAt();
            return new Entry(
                    word,
                    text,
                    word.targets().contains("content"),
                    text.codePoints().anyMatch(c -> Punctuation.is(c) || Punctuation.isSpace(c)),
                    expires == null ? null : ActiveLabels.time(expires, Instant.MAX));
        }

        boolean appliesTo(boolean followed, Instant now) {
            return (expires == null || !expires.isBefore(now))
                    && !(followed && MutedWord.ACTOR_TARGET_EXCLUDE_FOLLOWING.equals(word.actorTarget()));
        }
    }

    private final List<Entry> entries;

    MutedWordMatcher(List<MutedWord> words) {
        this.entries = words.stream().map(Entry::of).toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the muted words in a section or its tags. */
    List<MutedWordMatch> match(SearchedText.Section section, Instant now) {
        String lower = lower(section.text());
        String folded = fold(lower);
        Set<String> foldedTags = new HashSet<>();
        section.tags().forEach(tag -> foldedTags.add(fold(lower(tag))));
        boolean unspaced = section.language() != null && UNSPACED.contains(section.language());
        ViewerState author = section.author().viewer();
        boolean followed = author != null && author.following() != null;
        TextWords words = null;
        List<MutedWordMatch> matches = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.appliesTo(followed, now)) {
                continue;
            }
            if (foldedTags.contains(entry.text) || entry.content && containsPart(folded, entry, unspaced)) {
                matches.add(new MutedWordMatch(entry.word, entry.word.value()));
            } else if (entry.content && entry.text.length() <= lower.length()) {
                words = words == null ? new TextWords(lower) : words;
                String found = words.find(entry.text);
                if (found != null) {
                    matches.add(new MutedWordMatch(entry.word, found));
                }
            }
        }
        return matches;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Replaces the Greek final sigma with the regular one, because {@code toLowerCase} picks one by position. */
    static String fold(String text) {
        return text.replace('ς', 'σ');
    }

    private static boolean containsPart(String text, Entry entry, boolean unspaced) {
        return text.equals(entry.text)
                || (unspaced || entry.phrase || entry.text.length() == 1) && text.contains(entry.text);
    }
}
