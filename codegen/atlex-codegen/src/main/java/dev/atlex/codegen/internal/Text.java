package dev.atlex.codegen.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definition, a property, a body or an error.
 *
 * @param prose its prose, or its document's description; empty if it has neither
 * @param deprecated the text of a {@code @deprecated} tag, or null if the item is not deprecated
 */
record Text(String prose, @Nullable String deprecated) {
    static final Text NONE = new Text("", null);

    /**
     * Matches a description that deprecates its item. Lexicons have no field for this. Upstream's descriptions begin with
     * the word in any case, or contain a sentence that begins with it in capitals.
     */
    private static final Pattern DEPRECATION =
            Pattern.compile("^\\s*(?i:deprecated)\\b|[.!?;:)]\\s+DEPRECATED\\b", Pattern.UNICODE_CASE);

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

    /** Matches a sentence that names a replacement: "Old name of `q`; use `q` instead." */
    private static final Pattern REPLACEMENT =
            Pattern.compile("(.*?)(?:Deprecated)?[:;,]?\\s*\\b[Uu](se .*\\binstead\\b.*)");

    private static final String UNEXPLAINED = "The lexicon's authors advise against its use.";

    /** Returns the text of a document's own description, which may deprecate its item. */
    static Text ofDescription(@Nullable String description, boolean deprecated) {
        String prose = description == null ? "" : description;
        boolean deprecates = deprecated || DEPRECATION.matcher(prose).find();
        return new Text(prose, deprecates ? UNEXPLAINED : null);
    }

    /** Returns the text of an item with its own prose. If it is deprecated, "use … instead" becomes the tag's text. */
    static Text ofProse(String prose, boolean deprecated) {
        if (!deprecated) {
            return new Text(prose, null);
        }
        List<String> sentences = new ArrayList<>();
        List<String> replacements = new ArrayList<>();
        for (String sentence : SENTENCE_END.split(prose)) {
            Matcher replacement = REPLACEMENT.matcher(sentence);
            if (!replacement.matches()) {
                sentences.add(sentence);
                continue;
            }
            replacements.add("U" + replacement.group(2));
            if (!replacement.group(1).isBlank()) {
                sentences.add(replacement.group(1).strip() + ".");
            }
        }
        return new Text(
                String.join(" ", sentences), replacements.isEmpty() ? UNEXPLAINED : String.join(" ", replacements));
    }

    boolean isDeprecated() {
        return deprecated != null;
    }

    boolean isEmpty() {
        return prose.isBlank();
    }
}
