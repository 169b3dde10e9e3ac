package dev.atlex.bluesky;

import dev.atlex.bluesky.richtext.RichText;
import java.util.List;

/**
 * Thrown when a post's text is longer than 300 graphemes or 3,000 bytes of UTF-8. Nothing has been sent. {@link #split}
 * returns parts that fit.
 */
public final class PostTooLongException extends InvalidPostException {
    private static final long serialVersionUID = 1L;

    private final transient RichText text;

    /**
     * Creates an exception.
     *
     * @param text the text, which exceeds a limit
     */
    public PostTooLongException(RichText text) {
        super(message(text));
        this.text = text;
    }

    private static String message(RichText text) {
        int graphemes = text.graphemes();
        String excess = graphemes > RichText.MAX_POST_GRAPHEMES
                ? graphemes + " graphemes, " + (graphemes - RichText.MAX_POST_GRAPHEMES) + " more than the limit of "
                        + RichText.MAX_POST_GRAPHEMES
                : text.utf8Length() + " bytes of UTF-8, " + (text.utf8Length() - RichText.MAX_POST_BYTES)
                        + " more than the limit of " + RichText.MAX_POST_BYTES;
        return "post: the text is too long: " + excess + "; shorten it, or use Bluesky.thread to post it in parts";
    }

    /** Returns the text. */
    public RichText text() {
        return text;
    }

    /** Returns the length of the text in graphemes. */
    public int graphemes() {
        return text.graphemes();
    }

    /** Returns the length of the text in bytes of UTF-8. */
    public int utf8Length() {
        return text.utf8Length();
    }

    /** Returns how many graphemes the text exceeds the limit by; 0 if it only has too many bytes. */
    public int excessGraphemes() {
        return Math.max(0, graphemes() - RichText.MAX_POST_GRAPHEMES);
    }

    /** Returns how many bytes the text exceeds the limit by; 0 if it only has too many graphemes. */
    public int excessBytes() {
        return Math.max(0, utf8Length() - RichText.MAX_POST_BYTES);
    }

    /**
     * Returns the text split into parts that each fit in a post, the same parts that {@link Bluesky#thread(String)}
     * posts.
     */
    public List<RichText> split() {
        return text.split();
    }
}
