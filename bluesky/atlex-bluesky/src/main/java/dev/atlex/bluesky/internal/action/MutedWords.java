package dev.atlex.bluesky.internal.action;

import app.bsky.actor.ActorDefs.MutedWord;
import app.bsky.actor.ActorDefs.MutedWordsPref;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Tid;
import dev.atlex.syntax.UserInput;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds and removes muted words. */
public final class MutedWords {
    private static final String FIELD = "items";
    private static final int EMOJI_STYLE = 0xfe0f;

    private MutedWords() {}

    /** @throws IllegalArgumentException if the word is blank */
    public static void mute(PreferenceList preferences, Consumer<? super MutedWord.Builder> describe) {
        MutedWord.Builder builder = MutedWord.builder().actorTarget("all");
        describe.accept(builder);
        MutedWord described = builder.build();
        String value = clean(described.value());
        if (value.isEmpty()) {
            throw new IllegalArgumentException("muteWord: the word is blank (got \"" + described.value() + "\")");
        }
        List<LexMap> old = preferences.elements(MutedWordsPref.TYPE, FIELD).stream()
                .filter(item -> value.equals(item.getString("value")))
                .toList();
        String id = described.id() != null ? described.id() : oldId(old);
        LexMap word = builder.value(value)
                .id(id == null ? Tid.next().toString() : id)
                .build()
                .toLexMap();
        if (old.size() == 1 && old.get(0).equals(word)) {
            return;
        }
        LexMap kept = old.isEmpty()
                ? word
                : old.get(0).toBuilder().remove("expiresAt").putAll(word).build();
        preferences.remove(MutedWordsPref.TYPE, FIELD, same(value));
        preferences.add(MutedWordsPref.TYPE, FIELD, kept, kept::equals);
    }

    private static @Nullable String oldId(List<LexMap> old) {
        return old.stream()
                .map(item -> item.getString("id"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    public static void unmute(PreferenceList preferences, String word) {
        preferences.remove(MutedWordsPref.TYPE, FIELD, same(clean(word)));
    }

    private static Predicate<LexValue> same(String word) {
        return item -> item instanceof LexMap map && word.equals(map.getString("value"));
    }

    /**
     * Returns the word as apps store it: without surrounding whitespace, invisible characters and line breaks, and
     * without a leading number sign, unless the sign is part of an emoji.
     */
    private static String clean(String word) {
        String text = UserInput.strip(word);
        boolean tag = text.startsWith("#") && !(text.length() > 1 && text.charAt(1) == EMOJI_STYLE);
        StringBuilder cleaned = new StringBuilder();
        for (char c : text.substring(tag ? 1 : 0).toCharArray()) {
            if ("\r\n\u00ad\u2060\u200d\u200c\u200b".indexOf(c) < 0) {
                cleaned.append(c);
            }
        }
        return cleaned.toString();
    }
}
