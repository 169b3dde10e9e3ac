package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.Nsid;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Lexicon document: the definitions that share an NSID.
 *
 * @param id the NSID
 * @param description the description, or null
 * @param defs the definitions by name, including {@code main} if there is one, in the document's order
 */
public record LexiconDocument(Nsid id, @Nullable String description, Map<String, Definition> defs) {
    /** Creates a document from parsed definitions. The map is copied. */
    public LexiconDocument {
        defs = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(defs));
    }

    /**
     * Parses a document and checks everything except property names and the targets of references.
     *
     * @throws LexDataException if it isn't a Lexicon document of version 1; its path points to the problem
     */
    public static LexiconDocument parse(LexMap json) {
        return new DocumentParser().parse(json);
    }

    /** Like {@link #parse(LexMap)}, for JSON in UTF-8. */
    public static LexiconDocument parse(byte[] json) {
        return new DocumentParser().parse(json);
    }

    /**
     * Parses a document and reports all of its problems, not only the first.
     *
     * @param json the JSON text in UTF-8
     * @param problems receives each problem with its path
     * @return the document, or null if it has a problem
     */
    public static @Nullable LexiconDocument parse(byte[] json, Consumer<? super LexDataException> problems) {
        DocumentParser parser = new DocumentParser();
        LexiconDocument document = parser.attempt(json);
        parser.problems().forEach(problems);
        return document;
    }

    /** Returns the definition with the given name, or null if there is none. */
    public @Nullable Definition def(String name) {
        return defs.get(name);
    }
}
