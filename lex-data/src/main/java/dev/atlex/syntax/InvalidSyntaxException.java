package dev.atlex.syntax;

import dev.atlex.data.LexException;

/** A text that is not what it was said to be: not a DID, not a handle, not a datetime… */
public final class InvalidSyntaxException extends LexException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String format;

    /**
     * @param format what the text should have been, as the Lexicon specification calls it ({@code "did"},
     *     {@code "at-uri"})
     * @param text the text that was given; a long one is shortened in the message
     * @param reason what is wrong with it
     */
    public InvalidSyntaxException(String format, String text, String reason) {
        super("not a valid " + format + ": \"" + shorten(text) + "\" (" + reason + ")");
        this.format = format;
    }

    /** What the text should have been, as the Lexicon specification calls it: {@code "did"}, {@code "at-uri"}… */
    public String format() {
        return format;
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
