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
 * Plain text together with its facets: links, mentions and tags. When the text changes, the facets move with it, so
 * callers never compute offsets.
 *
 * <pre>{@code
 * RichText text = RichText.builder().text("Go to ").link("this site", "https://example.com").build();
 * }</pre>
 *
 * <p>Facets use UTF-8 byte offsets, but the methods of this class take indexes into {@link #text()}, like the methods
 * of {@link String}. Lone surrogates, which no record can contain, are replaced with U+FFFD.
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
    /** The number of grapheme clusters, or -1 until it is needed. A race only repeats the count. */
    private int graphemes = -1;

    /** @param spans the spans, sorted by their start */
    RichText(String text, Utf8Index utf8, List<Span> spans, List<Handle> unresolved) {
        this.text = text;
        this.utf8 = utf8;
        this.spans = List.copyOf(spans);
        this.unresolved = List.copyOf(unresolved);
    }

    RichText(String text, List<Span> spans) {
        this(text, new Utf8Index(text), spans, List.of());
    }

    /** Returns text without facets. */
    public static RichText of(String text) {
        return new RichText(wellFormed(text), List.of());
    }

    /**
     * Returns text with facets that were read from a record. Facets that end before they start are left out. All other
     * facets are kept unchanged, even if they overlap or extend beyond the text; {@link #segments()} ignores such
     * facets.
     *
     * @param facets the facets, or null if the record has none
     */
    public static RichText of(String text, @Nullable Collection<Facet> facets) {
        if (facets == null) {
            return of(text);
        }
        List<Span> spans = facets.stream()
                .map(Span::of)
                .filter(span -> span.start() <= span.end())
                .sorted(Span.BY_START)
                .toList();
        return new RichText(wellFormed(text), spans);
    }

    /**
     * Returns text with the links, mentions, tags and cashtags that Bluesky's own app would find in it. Runs in time
     * linear in the length of the text.
     *
     * <ul>
     *   <li>A link begins with {@code http://} or {@code https://}, or is a domain name under a known top-level domain.
     *       A single trailing punctuation mark and an unmatched closing parenthesis aren't part of it.
     *   <li>A mention is an at sign and a handle under a known top-level domain or {@code test}. It has no DID yet.
     *   <li>A tag is a half-width or full-width number sign, followed by at most 64 grapheme clusters (and 640 bytes)
     *       that aren't only digits and punctuation. It doesn't include trailing punctuation.
     *   <li>A cashtag is a dollar sign and a letter, followed by at most four letters and digits. Its tag is converted
     *       to uppercase.
     * </ul>
     *
     * @see <a href="https://github.com/bluesky-social/atproto/blob/main/packages/api/src/rich-text/detection.ts">
     *     Upstream's detection</a>
     */
    public static RichText detect(String text) {
        String wellFormed = wellFormed(text);
        Utf8Index utf8 = new Utf8Index(wellFormed);
        return new RichText(wellFormed, utf8, FacetScanner.scan(wellFormed, utf8), List.of());
    }

    /**
     * Returns text with Markdown links such as {@code [this site](https://example.com)}, plus everything that
     * {@link #detect} finds in the rest. Only {@code http} and {@code https} URIs become links. A backslash escapes a
     * bracket. Other markup is left unchanged.
     */
    public static RichText markdown(String markdown) {
        return MarkdownLinks.read(wellFormed(markdown));
    }

    /** Returns an empty builder. */
    public static RichTextBuilder builder() {
        return new RichTextBuilder();
    }

    /** Replaces each lone surrogate with U+FFFD, which takes up the same number of bytes. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                // codePoints() combines surrogate pairs, so any surrogate that remains is unpaired.
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

    /** Returns the facets for a record, sorted by their start. Mentions without a DID aren't included. */
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

    /** Returns whether the text is within both limits. */
    public boolean fits(int maxGraphemes, int maxBytes) {
        return utf8.length() <= maxBytes && graphemes() <= maxGraphemes;
    }

    /** Returns the distinct handles of mentions that have no DID yet, in lowercase and in the order of the text. */
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
     * Looks up the DID of each mentioned handle, four at a time, and returns the text with these mentions as facets. A
     * mention whose DID isn't found becomes plain text, and is listed in the result's {@link #unresolvedMentions()}.
     *
     * @param resolver a function that returns the DID of a handle, or null if there is none. Several threads may call
     *     it. If it throws, the handle counts as unresolved, and the exception is logged.
     * @throws dev.atlex.client.transport.TransportInterruptedException if the calling thread is interrupted
     */
    public RichText resolveMentions(Function<? super Handle, ? extends @Nullable Did> resolver) {
        return resolveMentions(resolver, PARALLEL_RESOLUTIONS);
    }

    /**
     * Like {@link #resolveMentions(Function)}, with a limit on parallel lookups.
     *
     * @param parallelism how many handles to look up concurrently; with 1, only the calling thread is used
     * @throws IllegalArgumentException if {@code parallelism} is less than 1
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

    /** Returns the handles that {@link #resolveMentions} found no DID for, in lowercase. */
    public List<Handle> unresolvedMentions() {
        return unresolved;
    }

    /**
     * Splits the text into segments for display, each either plain or with one facet. Together they make up the whole
     * text. A facet is ignored if it overlaps the previous one, starts or ends inside a character, or covers only
     * whitespace.
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
     * Returns this text with more text inserted at an index. Facets after the index move, and a facet around it grows.
     * Text that is inserted at the start or end of a facet doesn't become part of it.
     *
     * @param index an index into {@link #text()}
     * @throws IndexOutOfBoundsException if the index is outside the text
     * @throws IllegalArgumentException if the index is inside a surrogate pair
     */
    public RichText insert(int index, String inserted) {
        return edit(index, index, wellFormed(inserted));
    }

    /** Returns this text with more text appended. The new text isn't part of any facet. */
    public RichText append(String appended) {
        return insert(text.length(), appended);
    }

    /**
     * Returns this text with a range deleted. Facets after the range move, facets that overlap it shrink, and facets
     * inside it are removed.
     *
     * @param start the start of the range in {@link #text()}, inclusive
     * @param end the end of the range, exclusive
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
     * Returns this text with at most one blank line in a row. Three or more line breaks become two, even if whitespace
     * or invisible characters separate them.
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
     * Returns this text with links shortened. A link that shows its own {@code http} or {@code https} URI is changed to
     * show the host and the path, which is cut to 13 characters if it has more than 15. It still points to the whole
     * URI.
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
     * Returns this text, or its beginning if it is too long. Grapheme clusters and facets that don't fit are left out
     * entirely. The only exception is a facet at the very start of the text, which is cut: a link still points to its
     * URI, and a mention or tag becomes plain text.
     *
     * @param maxGraphemes the maximum length in grapheme clusters, including the ellipsis
     * @param maxBytes the maximum length in UTF-8 bytes, including the ellipsis
     * @param ellipsis the string that ends a shortened text, such as {@code "…"}; whitespace before it is removed
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

    /** Returns a part of the text, with those candidate spans that it may contain. */
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
     * Splits the text into parts that are within the limits. Text that fits is returned as a single part, unchanged and
     * without a suffix.
     *
     * <p>A sentence, word, grapheme cluster or facet is cut only if it is too long for a whole part. Each piece of a
     * cut link points to its URI; a cut mention or tag becomes plain text. Whitespace between two parts is dropped, and
     * blank lines inside a part are kept. Runs in time linear in the length of the text.
     *
     * @param maxGraphemes the maximum length of a part in grapheme clusters, including its suffix
     * @param maxBytes the maximum length of a part in UTF-8 bytes, including its suffix
     * @return at least one part; none is empty unless the whole text is blank
     * @throws IllegalArgumentException if the limits leave no room for one cluster and 4 bytes in addition to a suffix
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
