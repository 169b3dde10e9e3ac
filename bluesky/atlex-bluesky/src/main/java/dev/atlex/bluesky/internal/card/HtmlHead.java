package dev.atlex.bluesky.internal.card;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scans the head of an HTML page for the elements that describe it: {@code title}, {@code meta}, {@code link} and
 * {@code base}. Takes time linear in the length of the text, even for hostile input.
 *
 * <p>The scanner is tolerant: it accepts names in any case, attributes in any order and with or without quotes, and
 * missing end tags. It skips comments and the content of scripts, styles and templates, and stops at the end of the
 * head or at the body.
 */
final class HtmlHead {
    /** Elements whose content isn't markup, or not part of the page. */
    private static final List<String> SKIPPED =
            List.of("script", "style", "noscript", "template", "textarea", "xmp", "iframe", "noembed", "noframes");

    /** The maximum number of elements, more than any real page has in its head. */
    private static final int MAX_ELEMENTS = 1000;

    private final String html;
    private final List<Element> elements = new ArrayList<>();
    private int at;
    private boolean ended;
    private @Nullable String title;

    private HtmlHead(String html) {
        this.html = html;
    }

    /**
     * A {@code meta}, {@code link} or {@code base} element.
     *
     * @param attributes the attributes by lowercase name, with decoded values
     */
    record Element(String name, Map<String, String> attributes) {
        @Nullable
        String get(String attribute) {
            return attributes.get(attribute);
        }
    }

    /**
     * The elements found.
     *
     * @param title the text of the first {@code title}, decoded, or null
     * @param ended whether the end of the head was found; if not, a longer text may contain more
     */
    record Found(@Nullable String title, List<Element> elements, boolean ended) {}

    /** Scans a page or the beginning of one. */
    static Found scan(String html) {
        HtmlHead head = new HtmlHead(html);
        head.run();
        return new Found(head.title, head.elements, head.ended);
    }

    private void run() {
        while (!ended) {
            at = html.indexOf('<', at);
            if (at < 0 || at + 1 >= html.length()) {
                return;
            }
            char next = html.charAt(at + 1);
            if (html.startsWith("<!--", at)) {
                skipComment();
            } else if (next == '!' || next == '?') {
                skipTo(">", at + 2);
            } else if (next == '/') {
                endTag();
            } else if (isLetter(next)) {
                startTag();
            } else {
                at++;
            }
            if (at < 0) {
                return;
            }
        }
    }

    /** Moves past the next occurrence of the text, or sets the position to -1 if it is missing. */
    private void skipTo(String text, int from) {
        int found = html.indexOf(text, from);
        at = found < 0 ? -1 : found + text.length();
    }

    private void skipComment() {
        if (html.startsWith(">", at + 4)) {
            at += 5;
        } else if (html.startsWith("->", at + 4)) {
            at += 6;
        } else {
            skipTo("-->", at + 4);
        }
    }

    private void endTag() {
        int end = nameEnd(at + 2);
        ended = name(at + 2, end).equals("head");
        skipTo(">", end);
    }

    private void startTag() {
        int end = nameEnd(at + 1);
        String name = name(at + 1, end);
        at = end;
        Map<String, String> attributes = new HashMap<>();
        if (!readAttributes(attributes)) {
            // The text ends within the tag.
            at = -1;
            return;
        }
        switch (name) {
            case "body", "frameset" -> ended = true;
            case "meta", "link", "base" -> {
                elements.add(new Element(name, attributes));
                ended = elements.size() == MAX_ELEMENTS;
            }
            case "title" -> readTitle();
            default -> {
                if (SKIPPED.contains(name)) {
                    skipContent(name);
                }
            }
        }
    }

    /** Reads the content of a title. It is plain text, in which tags have no meaning. */
    private void readTitle() {
        int start = at;
        int end = skipContent("title");
        if (end < 0) {
            // Without an end tag, the title ends at the next tag.
            end = html.indexOf('<', start);
            at = title == null ? end : -1;
        }
        if (title == null && end >= 0) {
            title = HtmlEntities.decode(html.substring(start, end), false);
        }
    }

    /**
     * Moves past the end tag of an element whose content isn't scanned, or sets the position to -1.
     *
     * @return the start of the end tag, or -1
     */
    private int skipContent(String name) {
        int from = at;
        while (true) {
            int close = html.indexOf("</", from);
            if (close < 0) {
                at = -1;
                return -1;
            }
            int end = nameEnd(close + 2);
            if (name(close + 2, end).equals(name)) {
                skipTo(">", end);
                return close;
            }
            from = close + 2;
        }
    }

    /**
     * Reads attributes up to the end of the tag. If a name occurs twice, the first attribute wins.
     *
     * @return false if the text ends first
     */
    private boolean readAttributes(Map<String, String> attributes) {
        while (true) {
            while (at < html.length() && (isSpace(html.charAt(at)) || html.charAt(at) == '/')) {
                at++;
            }
            if (at >= html.length()) {
                return false;
            }
            if (html.charAt(at) == '>') {
                at++;
                return true;
            }
            int start = at++;
            while (at < html.length() && !isSpace(html.charAt(at)) && "/>=".indexOf(html.charAt(at)) < 0) {
                at++;
            }
            String name = name(start, at);
            int behind = spaceEnd(at);
            String value = "";
            if (behind < html.length() && html.charAt(behind) == '=') {
                at = spaceEnd(behind + 1);
                String read = readValue();
                if (read == null) {
                    return false;
                }
                value = read;
            }
            attributes.putIfAbsent(name, value);
        }
    }

    private @Nullable String readValue() {
        if (at >= html.length()) {
            return null;
        }
        char quote = html.charAt(at);
        int start = at;
        if (quote == '"' || quote == '\'') {
            int end = html.indexOf(quote, at + 1);
            if (end < 0) {
                return null;
            }
            start++;
            at = end + 1;
            return HtmlEntities.decode(html.substring(start, end), true);
        }
        while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
            at++;
        }
        return HtmlEntities.decode(html.substring(start, at), true);
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < html.length() && !isSpace(html.charAt(end)) && "/>".indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private int spaceEnd(int from) {
        int end = from;
        while (end < html.length() && isSpace(html.charAt(end))) {
            end++;
        }
        return end;
    }

    private String name(int start, int end) {
        return html.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
