package dev.atlex.data;

import dev.atlex.data.internal.Excerpt;

/** Thrown when text isn't a valid DID, handle, CID, datetime or other identifier of the AT Protocol. */
public final class InvalidSyntaxException extends LexException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 80;

    private final String format;

    /**
     * Creates an exception.
     *
     * @param format the name of the expected format in the Lexicon specification, such as {@code "did"} or
     *     {@code "at-uri"}
     * @param text the invalid text; the message shows at most its first 80 characters
     * @param reason the reason why the text is invalid
     */
    public InvalidSyntaxException(String format, String text, String reason) {
        super("not a valid " + format + ": " + quote(text) + " (" + reason + ")");
        this.format = format;
    }

    /**
     * Returns the name of the expected format in the Lexicon specification, such as {@code "did"} or {@code "at-uri"}.
     */
    public String format() {
        return format;
    }

    private static String quote(String text) {
        String shown = Excerpt.quote(text, MAX_SHOWN);
        return text.length() <= MAX_SHOWN ? shown : shown + " of " + text.length() + " characters";
    }
}
