package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;

/**
 * What names an account: its {@link Did}, which never changes, or its {@link Handle}, which may. The Lexicon string
 * format {@code at-identifier}.
 */
public sealed interface AtIdentifier permits Did, Handle {
    /**
     * The DID or handle of this text: a DID if it begins with {@code did:}, else a handle.
     *
     * @throws InvalidSyntaxException if it is neither
     * @see UserInput#identifier for text that people typed or pasted
     */
    static AtIdentifier of(String text) {
        return text.startsWith("did:") ? Did.of(text) : Handle.of(text);
    }

    /** Whether this text is a DID or a handle. */
    static boolean isValid(String text) {
        return text.startsWith("did:") ? Did.isValid(text) : Handle.isValid(text);
    }

    /** The DID or handle of a text that the caller knows to be valid; only its beginning is looked at. */
    static AtIdentifier unchecked(String text) {
        return text.startsWith("did:") ? Did.unchecked(text) : Handle.unchecked(text);
    }

    /** The text, exactly as it was given. */
    @Override
    String toString();
}
