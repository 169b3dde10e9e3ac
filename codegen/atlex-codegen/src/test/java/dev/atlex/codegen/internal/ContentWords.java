package dev.atlex.codegen.internal;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words in a sentence that add something to a name. "The text." adds nothing to {@code text}, nor does "Gets
 * the timeline." to {@code app.bsky.feed.getTimeline}.
 */
final class ContentWords {
    private static final Pattern WORD = Pattern.compile("\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})|\\d+");
    private static final Pattern SUFFIX = Pattern.compile("(?<=\\p{L}{3})(ies|es|s|ed|ing|e|y)$");

    /** Words without content, which are used for grammar or fit any method, parameter or page. */
    private static final Set<String> EMPTY = stems(List.of("""
            a an the this that these those of for to in on at by with from as and or if is are was be been it its which what whether
            any some all each one given specified provided associated corresponding relevant related
            specific
            get returns fetch retrieves gives list lists set sets puts does makes calls sends takes contains holds has have
            represents describes defines indicates specifies
            object record string text-value integer number boolean value values field property parameter input output body
            array list union token type ref definition schema lexicon method query procedure subscription endpoint
            response result item element entry data information info details content
            cursor pagination page paging limit
            optional""".split("\\s+")));

    private ContentWords() {}

    /**
     * Returns the stems of the words that add something.
     *
     * @param names the names that the sentence must not merely repeat
     */
    static Set<String> of(String sentence, Collection<String> names) {
        Set<String> words = stems(List.of(sentence));
        words.removeAll(EMPTY);
        words.removeAll(stems(names));
        return words;
    }

    private static Set<String> stems(Collection<String> texts) {
        Set<String> stems = new LinkedHashSet<>();
        for (String text : texts) {
            for (Matcher word = WORD.matcher(text); word.find(); ) {
                stems.add(stem(word.group().toLowerCase(Locale.ROOT)));
            }
        }
        return stems;
    }

    private static String stem(String word) {
        String stem = word;
        for (String shorter = ""; !shorter.equals(stem); ) {
            shorter = stem;
            stem = SUFFIX.matcher(stem).replaceFirst("");
        }
        return stem;
    }
}
