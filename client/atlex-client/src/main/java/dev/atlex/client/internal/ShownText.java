package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.internal.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prepares a server's text for messages: one short line without markup, which can't forge another log line. */
final class ShownText {
    private static final int MAX_SHOWN = 500;

    /** The number of characters of a page to examine, which is enough for its title and first words. */
    private static final int MAX_HTML = 16 << 10;

    private ShownText() {}

    /** Returns one line of at most 500 characters, plus an ellipsis if it was shortened. */
    static String line(String text) {
        return Excerpt.line(text, MAX_SHOWN);
    }

    /**
     * Returns the text to show for a body that isn't an XRPC error, or null to show nothing. If the method handles
     * tokens or passwords, only HTML pages and plain text are shown, because other bodies may contain these secrets.
     *
     * @param text the body, or null if it is missing, compressed or not kept
     */
    static @Nullable String ofBody(String nsid, HttpHeaders headers, @Nullable String text) {
        String coding = headers.first("content-encoding");
        if (text == null) {
            return coding == null || coding.isBlank()
                    ? null
                    : "the body has the unsupported Content-Encoding " + coding;
        }
        if (isMarkup(text)) {
            return ofMarkup(text);
        }
        String type = headers.first("content-type");
        return KeptBody.mayHoldSecrets(nsid) && !isProse(type, text) || !isText(type, text) ? null : text;
    }

    private static boolean isProse(@Nullable String type, String text) {
        return type != null
                && type.strip().toLowerCase(Locale.ROOT).startsWith("text/")
                && !text.isBlank()
                && "{[\"".indexOf(text.strip().charAt(0)) < 0;
    }

    /** Returns whether the body is text, not binary data such as an image. */
    private static boolean isText(@Nullable String type, String text) {
        String lower = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
        boolean declared = lower.startsWith("text/") || lower.contains("json");
        return declared || text.indexOf('\ufffd') < 0 && text.indexOf('\0') < 0;
    }

    /** Returns whether the text is markup rather than prose. */
    private static boolean isMarkup(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\ufeff')) {
            start++;
        }
        return start < text.length() && text.charAt(start) == '<';
    }

    /** Returns the text of a page without its tags, scripts and styles. */
    private static String ofMarkup(String page) {
        String html = page.length() <= MAX_HTML ? page : page.substring(0, MAX_HTML);
        String lower = html.toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                text.append(html, at, html.length());
                break;
            }
            text.append(html, at, tag).append(' ');
            at = end(lower, tag);
        }
        return entities(text.toString());
    }

    /** Returns the end of the markup that starts at the index: a comment, a tag, or a whole script or style. */
    private static int end(String lower, int tag) {
        if (lower.startsWith("<!--", tag)) {
            return after(lower, "-->", tag);
        }
        for (String hidden : new String[] {"script", "style"}) {
            if (lower.startsWith(hidden, tag + 1)) {
                return after(lower, "</" + hidden + ">", tag);
            }
        }
        return after(lower, ">", tag);
    }

    private static int after(String text, String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? text.length() : at + end.length();
    }

    private static String entities(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&nbsp;", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
    }
}
