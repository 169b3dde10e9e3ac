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

    /** What can't be seen is often what is wrong. */
    private static String shorten(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHOWN; i++) {
            char c = text.charAt(i);
            if (c != ' ' && UserInput.isInvisible(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() <= SHOWN ? shown.toString() : shown + "… (" + text.length() + " characters)";
    }
}
