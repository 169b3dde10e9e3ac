package dev.atlex.bluesky.richtext;

import app.bsky.richtext.Facet;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text together with its facets: links, mentions and tags. Operations on the text keep the facets right, so indexes are
 * never calculated by hand.
 *
 * <pre>{@code
 * RichText text = RichText.builder().text("Go to ").link("this site", "https://example.com").build();
 * }</pre>
 *
 * <p>Facets use UTF-8 byte offsets; the methods of this class use indexes of the {@link #text()}, like those of
 * {@link String}. Lone surrogates, which no record can contain, are replaced by U+FFFD.
 *
 * <p>A mention needs the DID of its account. Until {@link #resolveMentions} has found it, the mention is kept and moves
 * with the text, but isn't among the {@link #facets()}.
 *
 * <p>Instances are immutable and thread-safe.
 *
 * @see <a href="https://docs.bsky.app/docs/advanced-guides/post-richtext">Bluesky: links, mentions, and rich text</a>
 */
public final class RichText {
    /** The maximum length of a post in grapheme clusters. */
    public static final int MAX_POST_GRAPHEMES = 300;

    /** The maximum length of a post in UTF-8 bytes. */
    public static final int MAX_POST_BYTES = 3_000;

    private static final int PARALLEL_RESOLUTIONS = 4;

    private final String text;
    private final Utf8Index utf8;
    private final List<Span> spans;
    private final List<Handle> unresolved;
    /** Computed when needed, or -1. A race only repeats the count. */
    private int graphemes = -1;

    /** @param spans sorted by their start */
    RichText(String text, Utf8Index utf8, List<Span> spans, List<Handle> unresolved) {
        this.text = text;
        this.utf8 = utf8;
        this.spans = List.copyOf(spans);
        this.unresolved = List.copyOf(unresolved);
    }

    RichText(String text, List<Span> spans) {
        this(text, new Utf8Index(text), spans, List.of());
    }

    /** Returns a text without facets. */
    public static RichText of(String text) {
        return new RichText(wellFormed(text), List.of());
    }

    /**
     * Returns a text with facets that were read from a record. Facets whose end lies before their start are left out. The
     * others are kept as they are, even if they overlap or reach beyond the text: {@link #segments()} ignores those.
     */
    public static RichText of(String text, Collection<Facet> facets) {
        List<Span> spans = facets.stream()
                .map(Span::of)
                .filter(span -> span.start() <= span.end())
                .sorted(Span.BY_START)
                .toList();
        return new RichText(wellFormed(text), spans);
    }

    /**
     * Returns a text with the links, mentions, tags and cashtags that Bluesky's own app would find in it. Takes time linear
     * in the length of the text.
     *
     * <ul>
     *   <li>A link begins with {@code http://} or {@code https://}, or is a domain name below a known top-level domain. One
     *       punctuation mark at its end isn't part of it, nor is a closing parenthesis without an opening one.
     *   <li>A mention is an at sign and a handle below a known top-level domain or {@code test}. It has no DID yet.
     *   <li>A tag is a number sign, half or full width, and at most 64 grapheme clusters that aren't only digits and
     *       punctuation. Punctuation at its end isn't part of it.
     *   <li>A cashtag is a dollar sign and a letter, followed by at most four letters and digits. Its tag is upper case.
     * </ul>
     *
     * @see <a href="https://github.com/bluesky-social/atproto/blob/main/packages/api/src/rich-text/detection.ts">Upstream's
     *     detection</a>
     */
    public static RichText detect(String text) {
        String wellFormed = wellFormed(text);
        Utf8Index utf8 = new Utf8Index(wellFormed);
        return new RichText(wellFormed, utf8, FacetScanner.scan(wellFormed, utf8), List.of());
    }

    /**
     * Returns a text with links in the form of Markdown, {@code [this site](https://example.com)}, and all that
     * {@link #detect} finds in the rest. Only {@code http} and {@code https} URIs make a link. A backslash before a bracket
     * makes it a plain character. Other markup stays as it is.
     */
    public static RichText markdown(String markdown) {
        return MarkdownLinks.read(wellFormed(markdown));
    }

    /** Returns an empty builder. */
    public static RichTextBuilder builder() {
        return new RichTextBuilder();
    }

    /** Returns the text with each lone surrogate replaced by U+FFFD, which takes as many bytes. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                // Iterating code points pairs the surrogates; those left over are alone.
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    /** Returns the plain text. */
    public String text() {
        return text;
    }

    /** Returns the facets for a record, sorted by their start. Mentions without a DID are not among them. */
    public List<Facet> facets() {
        return spans.stream().map(Span::toFacet).filter(Objects::nonNull).toList();
    }

    /** Returns the length in grapheme clusters, the unit of a post's limit of 300. */
    public int graphemes() {
        int count = graphemes;
        if (count < 0) {
            count = Graphemes.count(text);
            graphemes = count;
        }
        return count;
    }

    /** Returns the length in UTF-8 bytes, the unit of a post's limit of 3,000. */
    public int utf8Length() {
        return utf8.length();
    }

    /** Returns whether the text has neither more grapheme clusters nor more UTF-8 bytes. */
    public boolean fits(int maxGraphemes, int maxBytes) {
        return utf8.length() <= maxBytes && graphemes() <= maxGraphemes;
    }

    /** Returns the handles of mentions that have no DID yet, in lower case, each once, in the order of the text. */
    public List<Handle> mentions() {
        Set<Handle> handles = new LinkedHashSet<>();
        for (Span span : spans) {
            if (span.mention() != null) {
                handles.add(span.mention().normalized());
            }
        }
        return List.copyOf(handles);
    }

    /**
     * Looks up the DIDs of mentioned handles, each once and four at a time, and returns the text with these mentions as
     * facets. A mention without a DID becomes plain text and is among the {@link #unresolvedMentions()} of the result.
     *
     * @param resolver returns the DID of a handle, or null if there is none; called by several threads. If it throws, the
     *     handle counts as unresolved, and the exception is logged.
     * @throws dev.atlex.client.transport.TransportInterruptedException if the calling thread is interrupted
     */
    public RichText resolveMentions(Function<? super Handle, ? extends @Nullable Did> resolver) {
        return resolveMentions(resolver, PARALLEL_RESOLUTIONS);
    }

    /**
     * Like {@link #resolveMentions(Function)}, with a limit.
     *
     * @param parallelism how many handles to look up at the same time; with 1, only the calling thread is used
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public RichText resolveMentions(Function<? super Handle, ? extends @Nullable Did> resolver, int parallelism) {
        Map<Handle, Did> dids = MentionResolver.resolve(mentions(), resolver, parallelism);
        List<Span> resolved = new ArrayList<>(spans.size());
        Set<Handle> failed = new LinkedHashSet<>(unresolved);
        for (Span span : spans) {
            if (span.mention() == null) {
                resolved.add(span);
                continue;
            }
            Handle handle = span.mention().normalized();
            Did did = dids.get(handle);
            if (did == null) {
                failed.add(handle);
            } else {
                resolved.add(Span.of(span.start(), span.end(), Span.mention(did)));
            }
        }
        return new RichText(text, utf8, resolved, List.copyOf(failed));
    }

    /** Returns the handles that {@link #resolveMentions} found no DID for, in lower case. */
    public List<Handle> unresolvedMentions() {
        return unresolved;
    }

    /**
     * Returns the text in parts as an app shows it: with a facet, or plain. Together they are the whole text. A facet is
     * ignored if it overlaps the one before, begins or ends inside a character, or covers only white space.
     */
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        if (spans.isEmpty()) {
            segments.add(new Segment(text, null));
            return segments;
        }
        int at = 0;
        for (Shown span : shown()) {
            if (span.start() > at) {
                segments.add(new Segment(text.substring(at, span.start()), null));
            }
            if (span.end() > span.start()) {
                Facet facet = span.isBlank(text) ? null : span.span().toFacet();
                segments.add(new Segment(text.substring(span.start(), span.end()), facet));
            }
            at = span.end();
        }
        if (at < text.length()) {
            segments.add(new Segment(text.substring(at), null));
        }
        return segments;
    }

    /** A span that is shown, with its indexes in the text. */
    record Shown(int start, int end, Span span) {
        boolean isBlank(String text) {
            return text.substring(start, end).codePoints().allMatch(CharClasses::isSpace);
        }
    }

    /** Returns the spans without those that {@link #segments()} ignores: sorted, not overlapping, within the text. */
    List<Shown> shown() {
        List<Shown> shown = new ArrayList<>(spans.size());
        int at = 0;
        for (Span span : spans) {
            int start = utf8.toChar(span.start());
            int end = utf8.toChar(Math.min(span.end(), utf8.length()));
            if (start >= at && end >= start) {
                shown.add(new Shown(start, end, span));
                at = end;
            }
        }
        return shown;
    }

    /**
     * Returns the text with more text at an index. Facets behind it move; one around it grows. At the start of a facet the
     * new text stands before it, at the end behind it.
     *
     * @param index an index of the {@link #text()}
     * @throws IndexOutOfBoundsException if the index is outside the text
     * @throws IllegalArgumentException if the index is inside a surrogate pair
     */
    public RichText insert(int index, String inserted) {
        return edit(index, index, wellFormed(inserted));
    }

    /** Returns the text with more text at its end, which belongs to no facet. */
    public RichText append(String appended) {
        return insert(text.length(), appended);
    }

    /**
     * Returns the text without a part. Facets behind it move, facets that reach into it shrink, and facets inside it
     * vanish.
     *
     * @param start the first index of the {@link #text()} to leave out
     * @param end the index after the last one to leave out
     * @throws IndexOutOfBoundsException if an index is outside the text, or the end is before the start
     * @throws IllegalArgumentException if an index is inside a surrogate pair
     */
    public RichText delete(int start, int end) {
        return edit(start, end, "");
    }

    private RichText edit(int start, int end, String replacement) {
        Objects.checkFromToIndex(start, end, text.length());
        checkBoundary(start);
        checkBoundary(end);
        TextEdit edit = new TextEdit(text, utf8);
        edit.replace(start, end, replacement);
        return edit.apply(spans, unresolved);
    }

    private void checkBoundary(int index) {
        if (index < text.length() && Character.isLowSurrogate(text.charAt(index))) {
            throw new IllegalArgumentException(
                    "RichText: index " + index + " is inside a surrogate pair; use the start or end of the character");
        }
    }

    /**
     * Returns the text with at most one blank line in a row: three or more line breaks, with nothing but white space and
     * invisible characters in between, become two.
     */
    public RichText cleanNewlines() {
        TextEdit edit = new TextEdit(text, utf8);
        int at = 0;
        while (at < text.length()) {
            if (!CharClasses.isLineBreak(text.charAt(at))) {
                at++;
                continue;
            }
            int breaks = 0;
            int end = at;
            int last = at;
            while (end < text.length() && CharClasses.isBlank(text.charAt(end))) {
                if (CharClasses.isLineBreak(text.charAt(end++))) {
                    breaks++;
                    last = end;
                }
            }
            if (breaks > 2) {
                edit.replace(at, last, "\n\n");
            }
            at = end;
        }
        return edit.apply(spans, unresolved);
    }

    /**
     * Returns the text with shorter links: a link that shows its own {@code http} or {@code https} URI shows the host and
     * at most the first 13 characters of the path instead. It still leads to the whole URI.
     */
    public RichText shortenLinks() {
        TextEdit edit = new TextEdit(text, utf8);
        for (Shown span : shown()) {
            if (span.span().mayBeCut()) {
                String shown = text.substring(span.start(), span.end());
                String shorter = LinkText.shorten(shown);
                if (shorter.length() < shown.length()) {
                    edit.replaceSpan(span.start(), span.end(), shorter);
                }
            }
        }
        return edit.apply(spans, unresolved);
    }

    /** Like {@link #truncate(int, int, String)}, without an ellipsis. */
    public RichText truncate(int maxGraphemes, int maxBytes) {
        return truncate(maxGraphemes, maxBytes, "");
    }

    /**
     * Returns the text, or its beginning if it is too long. Grapheme clusters are not cut, nor are facets: they are left
     * out whole. Only a facet that the text begins with is cut: a link still leads to its URI, and a mention or tag becomes
     * plain text.
     *
     * @param maxGraphemes the maximum length in grapheme clusters, with the ellipsis
     * @param maxBytes the maximum length in UTF-8 bytes, with the ellipsis
     * @param ellipsis what stands at the end of a shortened text, such as {@code "…"}; white space before it is removed
     * @throws IllegalArgumentException if a maximum is negative, or too small for the ellipsis
     */
    public RichText truncate(int maxGraphemes, int maxBytes, String ellipsis) {
        String tail = wellFormed(ellipsis);
        int graphemeRoom = maxGraphemes - Graphemes.count(tail);
        int byteRoom = maxBytes - Utf8.length(tail);
        if (graphemeRoom < 0 || byteRoom < 0) {
            throw new IllegalArgumentException("RichText.truncate: expected room for the ellipsis (got " + maxGraphemes
                    + " graphemes and " + maxBytes + " bytes)");
        }
        if (fits(maxGraphemes, maxBytes)) {
            return this;
        }
        RichText head = Splitter.head(this, graphemeRoom, byteRoom);
        int end = head.text.length();
        while (!tail.isEmpty() && end > 0 && CharClasses.isSpace(head.text.charAt(end - 1))) {
            end--;
        }
        return head.delete(end, head.text.length()).append(tail);
    }

    /** Returns a part with those spans of the list that may be in it. */
    RichText slice(int start, int end, List<Shown> candidates) {
        String part = text.substring(start, end);
        int offset = utf8.toByte(start);
        List<Span> inside = new ArrayList<>();
        for (Shown span : candidates) {
            int from = Math.max(span.start(), start);
            int to = Math.min(span.end(), end);
            boolean whole = from == span.start() && to == span.end();
            if (from < to && (whole || span.span().mayBeCut())) {
                inside.add(span.span().at(utf8.toByte(from) - offset, utf8.toByte(to) - offset));
            }
        }
        return new RichText(part, inside);
    }

    /** Splits the text into parts for the posts of a thread. See {@link #split(int, int, PartSuffix)}. */
    public List<RichText> split() {
        return split(MAX_POST_GRAPHEMES, MAX_POST_BYTES);
    }

    /** Like {@link #split(int, int, PartSuffix)}, without a suffix. */
    public List<RichText> split(int maxGraphemes, int maxBytes) {
        return split(maxGraphemes, maxBytes, PartSuffix.NONE);
    }

    /**
     * Splits the text into parts of at most a length. A text that fits is the only part, unchanged and without a suffix.
     *
     * <p>A sentence that fits into a part is not cut, nor is a word unless it is longer than a part. Grapheme clusters and
     * facets are cut only if one alone is too long. Each piece of such a link leads to its URI; a mention or tag becomes
     * plain text. White space between two parts is left out; blank lines inside a part stay. Takes time linear in the
     * length of the text.
     *
     * @param maxGraphemes the maximum length of a part in grapheme clusters, with its suffix
     * @param maxBytes the maximum length of a part in UTF-8 bytes, with its suffix
     * @return at least one part; none is empty unless the whole text is blank
     * @throws IllegalArgumentException if a part has no room for one cluster and 4 bytes beside its suffix
     */
    public List<RichText> split(int maxGraphemes, int maxBytes, PartSuffix suffix) {
        return Splitter.split(this, maxGraphemes, maxBytes, suffix);
    }

    Utf8Index utf8() {
        return utf8;
    }

    List<Span> spans() {
        return spans;
    }

    /** Returns whether the other object has the same text, facets and mentions. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RichText that
                && text.equals(that.text)
                && spans.equals(that.spans)
                && unresolved.equals(that.unresolved);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, spans);
    }

    /** Returns the plain text. */
    @Override
    public String toString() {
        return text;
    }
}
