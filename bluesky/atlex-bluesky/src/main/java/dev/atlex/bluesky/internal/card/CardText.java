package dev.atlex.bluesky.internal.card;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Formats text for cards: on one line and of limited length. */
final class CardText {
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private CardText() {}

    /**
     * Returns the text on one line: each run of whitespace and control characters becomes a space. Text that is too
     * long is cut between words, or at least not inside a combined character, and ends with an ellipsis.
     *
     * @param max the maximum length in characters
     */
    static String clean(String text, int max) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), max + 1));
        boolean space = false;
        int next;
        for (int i = 0; i < text.length() && line.length() <= max; i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || isControl(c)) {
                space = line.length() > 0;
                continue;
            }
            if (space) {
                line.append(' ');
                space = false;
            }
            line.appendCodePoint(c);
        }
        return line.length() <= max ? line.toString() : cut(line, max);
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        // Directional marks could reverse the text after them, and lone surrogates aren't text.
        boolean direction = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return type == Character.CONTROL || type == Character.SURROGATE || direction;
    }

    private static String cut(StringBuilder line, int max) {
        int end = max - 1;
        int space = line.lastIndexOf(" ", end);
        if (space > end - end / 4) {
            return line.substring(0, space) + "…";
        }
        while (end > 0 && continues(line, end)) {
            end--;
        }
        return line.substring(0, end) + "…";
    }

    /** Returns whether the character belongs to the one before it. */
    private static boolean continues(StringBuilder line, int at) {
        if (Character.isLowSurrogate(line.charAt(at))) {
            return true;
        }
        int c = line.codePointAt(at);
        boolean mark = switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            // Skin tones of emoji.
            default -> c >= 0x1f3fb && c <= 0x1f3ff;
        };
        return mark || c == ZERO_WIDTH_JOINER || line.codePointBefore(at) == ZERO_WIDTH_JOINER;
    }

    /** Returns a title for a document without one: its file name, or else its host. */
    static String fallbackTitle(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String title = "";
        if (name.indexOf('.') > 0) {
            try {
                title = clean(
                        URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8), PageMetadata.MAX_TITLE);
            } catch (IllegalArgumentException e) {
                title = clean(name, PageMetadata.MAX_TITLE);
            }
        }
        return title.isEmpty() ? String.valueOf(uri.getHost()) : title;
    }
}
