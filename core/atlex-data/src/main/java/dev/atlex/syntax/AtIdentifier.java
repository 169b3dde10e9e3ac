package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;

/**
 * An identifier of an account: its {@link Did}, which never changes, or its {@link Handle}, which may. In Lexicon, this
 * is the string format {@code at-identifier}.
 */
public sealed interface AtIdentifier permits Did, Handle {
    /**
     * Parses a DID, if the text starts with {@code did:}, or else a handle.
     *
     * @throws InvalidSyntaxException if it is neither
     * @see UserInput#identifier for text that a user typed or pasted
     */
    static AtIdentifier of(String text) {
        return text.startsWith("did:") ? Did.of(text) : Handle.of(text);
    }

    /** Returns whether the text is a valid DID or handle. */
    static boolean isValid(String text) {
        return text.startsWith("did:") ? Did.isValid(text) : Handle.isValid(text);
    }

    /** Creates a DID or handle from text that is known to be valid; only its prefix is checked. */
    static AtIdentifier unchecked(String text) {
        return text.startsWith("did:") ? Did.unchecked(text) : Handle.unchecked(text);
    }

    /** Returns the original text. */
    @Override
    String toString();
}
