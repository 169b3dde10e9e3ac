package dev.atlex.bluesky.richtext;

import dev.atlex.schema.internal.Graphemes;
import java.util.Locale;

/** Shortens the text of a link as the Bluesky app does. */
final class LinkText {
    private static final int MAX_PATH = 15;
    private static final int SHOWN_PATH = 13;

    private LinkText() {}

    /**
     * Returns the host and the beginning of the path of an {@code http} or {@code https} URI, and any other text
     * unchanged.
     */
    static String shorten(String shown) {
        int host = shown.startsWith("https://") ? 8 : shown.startsWith("http://") ? 7 : -1;
        if (host < 0) {
            return shown;
        }
        int path = host;
        while (path < shown.length() && "/?#".indexOf(shown.charAt(path)) < 0) {
            path++;
        }
        // A user name could be mistaken for the host: https://example.com@example.org/
        int user = shown.lastIndexOf('@', path - 1);
        String name = shown.substring(Math.max(host, user + 1), path).toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return shown;
        }
        String rest = shown.substring(path);
        if (rest.equals("/")) {
            return name;
        }
        return Graphemes.exceeds(rest, MAX_PATH) ? name + head(rest) + "..." : name + rest;
    }

    private static String head(String path) {
        int end = 0;
        for (int i = 0; i < SHOWN_PATH; i++) {
            end = Graphemes.end(path, end, path.length());
        }
        return path.substring(0, end);
    }
}
