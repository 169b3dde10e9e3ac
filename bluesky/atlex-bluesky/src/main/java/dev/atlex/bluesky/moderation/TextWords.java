package dev.atlex.bluesky.moderation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of some text, indexed by all forms that a muted word may have. The index is built once for all muted words,
 * in time linear in the text, so the costs of long text and of many muted words add up instead of multiplying.
 *
 * <p>A word matches without the punctuation around it. If it contains punctuation, its parts match too, both on their
 * own and joined with or without spaces. A word with a slash, such as {@code and/or}, isn't split. It also ends the
 * search for muted words that aren't longer than that word.
 */
final class TextWords {
    private final List<String> words;
    /** Maps each form to the first word that has it. */
    private final Map<String, Integer> forms = new HashMap<>();
    /** Maps a length to the first word with a slash that is at least that long. */
    private final TreeMap<Integer, Integer> slashes = new TreeMap<>();

    /** @param text the text in lowercase */
    TextWords(String text) {
        this.words = split(text);
        for (int i = 0; i < words.size(); i++) {
            index(MutedWordMatcher.fold(words.get(i)), i);
        }
    }

    /** Returns the first word that matches a folded muted word, or null. */
    @Nullable
    String find(String muted) {
        Integer found = forms.get(muted);
        if (found == null) {
            return null;
        }
        Map.Entry<Integer, Integer> end = slashes.ceilingEntry(muted.length());
        return end != null && end.getValue() < found ? null : words.get(found);
    }

    private void index(String word, int index) {
        String stripped = Punctuation.strip(word);
        if (stripped.indexOf('/') >= 0) {
            if (slashes.isEmpty() || slashes.lastKey() < stripped.length()) {
                slashes.put(stripped.length(), index);
            }
            return;
        }
        forms.putIfAbsent(stripped, index);
        if (Punctuation.in(stripped)) {
            List<String> parts = parts(stripped);
            forms.putIfAbsent(String.join(" ", parts), index);
            forms.putIfAbsent(String.join("", parts), index);
            parts.forEach(part -> forms.putIfAbsent(part, index));
        }
    }

    /** Splits text at each whitespace character, so two adjacent ones produce an empty word. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Punctuation.isSpace(text.charAt(i))) {
                words.add(text.substring(start, i));
                start = i + 1;
            }
        }
        words.add(text.substring(start));
        return words;
    }

    /** Splits a word at each run of punctuation. */
    private static List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < word.length()) {
            int end = i;
            while (i < word.length() && Punctuation.is(word.codePointAt(i))) {
                i = word.offsetByCodePoints(i, 1);
            }
            if (i > end) {
                parts.add(word.substring(start, end));
                start = i;
            } else {
                i = word.offsetByCodePoints(i, 1);
            }
        }
        parts.add(word.substring(start));
        return parts;
    }
}
