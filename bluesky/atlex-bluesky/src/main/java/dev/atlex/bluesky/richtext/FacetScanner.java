package dev.atlex.bluesky.richtext;

import static dev.atlex.bluesky.richtext.CharClasses.isAlphanumeric;
import static dev.atlex.bluesky.richtext.CharClasses.isLetter;
import static dev.atlex.bluesky.richtext.CharClasses.isSpace;

import app.bsky.richtext.Facet;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Uris;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds links, mentions, tags and cashtags in plain text, in one pass.
 *
 * <p>The rules match upstream's regular expressions. A facet begins at the start of the text, after whitespace
 * or, unless it is a tag, after an opening parenthesis. No facet extends past whitespace, and no char is read more than
 * a constant number of times, so the scan takes linear time.
 *
 * <p>The results differ from upstream's only if a server would reject upstream's facets or an app wouldn't show them
 * as intended; see {@code docs/differences.md}.
 */
final class FacetScanner {
    private static final int MAX_HANDLE = 253;
    private static final int MAX_TICKER = 5;
    static final int MAX_TAG_GRAPHEMES = 64;
    static final int MAX_TAG_BYTES = 640;

    private final String text;
    private final Utf8Index utf8;
    private final List<Span> spans = new ArrayList<>();
    /** The end of the last span. Apps don't show overlapping spans. */
    private int end;
    /**
     * Where the next link may begin. A candidate consumes everything up to the next whitespace, even if it isn't a
     * link.
     */
    private int nextLink;

    private FacetScanner(String text, Utf8Index utf8) {
        this.text = text;
        this.utf8 = utf8;
    }

    /** Returns the facets, in order and without overlaps. Mentions have no DID yet. */
    static List<Span> scan(String text, Utf8Index utf8) {
        FacetScanner scanner = new FacetScanner(text, utf8);
        scanner.scan();
        return scanner.spans;
    }

    private void scan() {
        boolean afterSpace = true;
        boolean afterParenthesis = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (afterSpace || afterParenthesis) {
                if (c == '@') {
                    mention(at);
                } else if (c == '$') {
                    cashtag(at);
                } else if (isLetter(c)) {
                    link(at);
                } else if (afterSpace && (c == '#' || c == '＃')) {
                    tag(at);
                }
            }
            afterSpace = isSpace(c);
            afterParenthesis = c == '(';
        }
    }

    private void add(int from, int to, Facet.FeaturesItem feature) {
        if (from >= end) {
            spans.add(Span.of(utf8.toByte(from), utf8.toByte(to), feature));
            end = to;
        }
    }

    private void mention(int at) {
        int first = at + 1;
        int last = first;
        while (last < text.length() && isHandleChar(text.charAt(last))) {
            last++;
        }
        // A mention ends at the last word boundary, so trailing dots and hyphens aren't part of it.
        while (last > first && isWord(last - 1) == isWord(last)) {
            last--;
        }
        if (last - first > MAX_HANDLE || !endsLikeHandle(first, last) || at < end) {
            return;
        }
        String handle = text.substring(first, last);
        if (Handle.isValid(handle)) {
            spans.add(Span.mention(utf8.toByte(at), utf8.toByte(last), Handle.of(handle)));
            end = last;
        }
    }

    private boolean endsLikeHandle(int first, int last) {
        return TopLevelDomains.isKnown(text, first, last) || last - first > 5 && text.startsWith(".test", last - 5);
    }

    private static boolean isHandleChar(char c) {
        return isAlphanumeric(c) || c == '.' || c == '-';
    }

    private boolean isWord(int index) {
        return index < text.length() && (isAlphanumeric(text.charAt(index)) || text.charAt(index) == '_');
    }

    private void link(int at) {
        if (at < nextLink) {
            return;
        }
        boolean hasScheme = hasScheme(at);
        int domain = hasScheme ? at : domainEnd(at);
        if (domain < 0) {
            return;
        }
        int last = domain;
        while (last < text.length() && !isSpace(text.charAt(last))) {
            last++;
        }
        nextLink = last;
        // Upstream accepts the scheme only in lowercase.
        if (hasScheme ? !text.startsWith("http", at) : !TopLevelDomains.isKnown(text, at, domain)) {
            return;
        }
        last = linkEnd(at, last);
        String uri = hasScheme ? text.substring(at, last) : "https://" + text.substring(at, last);
        if (isLink(uri)) {
            add(at, last, Span.link(uri));
        }
    }

    /**
     * Returns whether {@code http://} or {@code https://} begins there, in uppercase or lowercase, and something
     * follows.
     */
    private boolean hasScheme(int at) {
        int colon = text.regionMatches(true, at, "https", 0, 5) ? at + 5 : at + 4;
        return text.regionMatches(true, at, "http", 0, 4)
                && text.startsWith("://", colon)
                && colon + 3 < text.length()
                && !isSpace(text.charAt(colon + 3));
    }

    /** Returns the end of the domain name of at least two labels that begins there, or -1 if there is none. */
    private int domainEnd(int at) {
        int last = at;
        while (last < text.length() && isAlphanumeric(text.charAt(last))) {
            last++;
        }
        int labels = 1;
        while (last + 1 < text.length() && text.charAt(last) == '.' && isAlphanumeric(text.charAt(last + 1))) {
            last++;
            while (last < text.length() && isAlphanumeric(text.charAt(last))) {
                last++;
            }
            labels++;
        }
        return labels > 1 ? last : -1;
    }

    /** Returns the end of a link, without trailing punctuation or invisible characters. */
    private int linkEnd(int at, int end) {
        int open = at;
        while (open < end && text.charAt(open) != '(') {
            open++;
        }
        int last = isInvisible(text.codePointBefore(end)) ? end : withoutPunctuation(at, end, open);
        while (last > at && isInvisible(text.codePointBefore(last))) {
            while (last > at && isInvisible(text.codePointBefore(last))) {
                last -= Character.charCount(text.codePointBefore(last));
            }
            last = withoutPunctuation(at, last, open);
        }
        return last;
    }

    /** Removes one punctuation mark, and then one closing parenthesis if the link has no opening one. */
    private int withoutPunctuation(int at, int end, int open) {
        int last = end;
        if (last > at && ".,;:!?".indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        return last > at && text.charAt(last - 1) == ')' && open >= last ? last - 1 : last;
    }

    /**
     * Returns whether a character is invisible and serves no purpose at the end of a URI. Pasted text often has one
     * there.
     */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT;
    }

    /** Returns whether a String is a URI with a host that the record's schema accepts. */
    static boolean isLink(String uri) {
        int host = uri.startsWith("https://") ? 8 : uri.startsWith("http://") ? 7 : Integer.MAX_VALUE;
        return host < uri.length() && uri.charAt(host) != '/' && Uris.isValid(uri);
    }

    private void tag(int at) {
        // A combining mark would merge with the sign, as in a keycap emoji.
        if (Graphemes.end(text, at, Math.min(text.length(), at + 3)) > at + 1) {
            return;
        }
        int last = at + 1;
        int content = last;
        boolean named = false;
        while (last < text.length()) {
            int c = text.codePointAt(last);
            if (isSpace(c) || CharClasses.endsTag(c)) {
                break;
            }
            last += Character.charCount(c);
            if (!CharClasses.isPunctuation(c)) {
                content = last;
                named |= !CharClasses.isDigit(c);
            }
        }
        if (!named || at < end) {
            return;
        }
        String tag = text.substring(at + 1, content);
        if (isTag(tag)) {
            add(at, content, Span.tag(tag));
        }
    }

    /** Returns whether a tag is within the length limits of the record's schema. */
    static boolean isTag(String tag) {
        return !Graphemes.exceeds(tag, MAX_TAG_GRAPHEMES) && Utf8.length(tag) <= MAX_TAG_BYTES;
    }

    private void cashtag(int at) {
        int first = at + 1;
        int last = first;
        while (last < text.length() && last - first <= MAX_TICKER && isAlphanumeric(text.charAt(last))) {
            last++;
        }
        if (last == first || last - first > MAX_TICKER || !isLetter(text.charAt(first))) {
            return;
        }
        if (last == text.length() || isSpace(text.charAt(last)) || ".,;:!?)\"'\u2019".indexOf(text.charAt(last)) >= 0) {
            String ticker = text.substring(at, last).toUpperCase(Locale.ROOT);
            add(at, last, Span.tag(ticker));
        }
    }
}
