package dev.atlex.codegen.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definition, a property, a body or an error.
 *
 * @param prose the prose, or else the description in the document; empty if there is neither
 * @param deprecated the text of a {@code @deprecated} tag, or null if the item isn't deprecated
 */
record Text(String prose, @Nullable String deprecated) {
    static final Text NONE = new Text("", null);

    /**
     * Matches a description that deprecates its item. Lexicons have no field for this. Upstream's descriptions begin
     * with the word in any case, or contain a sentence that begins with it in capitals.
     */
    private static final Pattern DEPRECATION =
            Pattern.compile("^\\s*(?i:deprecated)\\b|[.!?;:)]\\s+DEPRECATED\\b", Pattern.UNICODE_CASE);

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

    /** Matches advice: "Deprecated: ignore it." or "Old name of `q`; use `q` instead." */
    private static final Pattern ADVICE =
            Pattern.compile("Deprecated:\\s*(.+)|(.*?)[:;,]?\\s*\\b([Uu]se .*\\binstead\\b.*)");

    private static final String UNEXPLAINED = "The lexicon's authors advise against its use.";

    /** Returns the text of a document's own description, which may deprecate its item. */
    static Text ofDescription(@Nullable String description, boolean deprecated) {
        String prose = description == null ? "" : description;
        boolean deprecates = deprecated || DEPRECATION.matcher(prose).find();
        return new Text(prose, deprecates ? UNEXPLAINED : null);
    }

    /** Returns the text of an item with its own prose. If it is deprecated, advice in the prose is the tag's text. */
    static Text ofProse(String prose, boolean deprecated) {
        if (!deprecated) {
            return new Text(prose, null);
        }
        List<String> sentences = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        for (String sentence : SENTENCE_END.split(prose)) {
            Matcher matcher = ADVICE.matcher(sentence);
            if (!matcher.matches()) {
                sentences.add(sentence);
                continue;
            }
            String given = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
            advice.add(Character.toUpperCase(given.charAt(0)) + given.substring(1));
            if (matcher.group(2) != null && !matcher.group(2).isBlank()) {
                sentences.add(matcher.group(2).strip() + ".");
            }
        }
        return new Text(String.join(" ", sentences), advice.isEmpty() ? UNEXPLAINED : String.join(" ", advice));
    }

    boolean isDeprecated() {
        return deprecated != null;
    }

    boolean isEmpty() {
        return prose.isBlank();
    }
}
