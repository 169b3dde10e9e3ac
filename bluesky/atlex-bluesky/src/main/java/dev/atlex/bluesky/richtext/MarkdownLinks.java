package dev.atlex.bluesky.richtext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parses links of the form {@code [text](https://…)}, in linear time. */
final class MarkdownLinks {
    private static final int NONE = -1;

    private static final int MAX_URI_BYTES = 8192;

    private final String markdown;
    private final Utf8Index source;
    /** The closing parenthesis of each opening one, if everything between them may occur in a URI. */
    private final int[] closing;

    private final StringBuilder text = new StringBuilder();
    private final List<Link> links = new ArrayList<>();
    /** The index in the text of the last character that isn't whitespace. */
    private int visible = NONE;

    /** A link, with indexes in the text without markup. */
    private record Link(int start, int end, String uri) {}

    private MarkdownLinks(String markdown) {
        this.markdown = markdown;
        this.source = new Utf8Index(markdown);
        this.closing = closing(markdown);
    }

    static RichText read(String markdown) {
        MarkdownLinks reader = new MarkdownLinks(markdown);
        reader.read();
        return reader.result();
    }

    private static int[] closing(String markdown) {
        int[] closing = new int[markdown.length()];
        Arrays.fill(closing, NONE);
        int[] open = new int[markdown.length()];
        int depth = 0;
        for (int i = 0; i < markdown.length(); i++) {
            char c = markdown.charAt(i);
            if (c < ' ' || c == 0x7f || CharClasses.isSpace(c)) {
                depth = 0;
            } else if (c == '(') {
                open[depth++] = i;
            } else if (c == ')' && depth > 0) {
                closing[open[--depth]] = i;
            }
        }
        return closing;
    }

    private void read() {
        // The opening brackets that aren't closed yet, as indexes in the text without markup. A link's text
        // may contain a pair of brackets that isn't a link, but links don't nest.
        int[] brackets = new int[markdown.length()];
        int depth = 0;
        for (int i = 0; i < markdown.length(); i++) {
            char c = markdown.charAt(i);
            if (c == '\\' && i + 1 < markdown.length() && "[]".indexOf(markdown.charAt(i + 1)) >= 0) {
                append(markdown.charAt(++i));
                continue;
            }
            if (c == ']' && depth > 0) {
                int end = linkEnd(i, brackets[--depth]);
                if (end != NONE) {
                    depth = 0;
                    i = end;
                    continue;
                }
            } else if (c == '[') {
                brackets[depth++] = text.length();
            }
            append(c);
        }
    }

    private void append(char c) {
        if (!CharClasses.isSpace(c)) {
            visible = text.length();
        }
        text.append(c);
    }

    /**
     * Adds the link whose text ends at a closing bracket. Returns the index of its last char, or -1 if it isn't a link.
     */
    private int linkEnd(int close, int bracket) {
        int open = close + 1;
        if (open >= markdown.length() || markdown.charAt(open) != '(' || closing[open] == NONE) {
            return NONE;
        }
        // The checks before the copy keep nested brackets and parentheses from taking quadratic time.
        int first = open + 1;
        if (visible <= bracket
                || !markdown.startsWith("http", first)
                || source.toByte(closing[open]) - source.toByte(first) > MAX_URI_BYTES) {
            return NONE;
        }
        String uri = markdown.substring(first, closing[open]);
        if (!FacetScanner.isLink(uri)) {
            return NONE;
        }
        text.deleteCharAt(bracket);
        visible--;
        links.add(new Link(bracket, text.length(), uri));
        return closing[open];
    }

    private RichText result() {
        RichText detected = RichText.detect(text.toString());
        Utf8Index utf8 = detected.utf8();
        List<Span> spans = new ArrayList<>();
        for (Link link : links) {
            spans.add(Span.of(utf8.toByte(link.start), utf8.toByte(link.end), Span.link(link.uri)));
        }
        // A detected facet that overlaps a link would hide the link.
        int next = 0;
        List<Span> all = new ArrayList<>(spans);
        for (Span span : detected.spans()) {
            while (next < spans.size() && spans.get(next).end() <= span.start()) {
                next++;
            }
            if (next == spans.size() || spans.get(next).start() >= span.end()) {
                all.add(span);
            }
        }
        all.sort(Span.BY_START);
        return new RichText(detected.text(), utf8, all, List.of());
    }
}
