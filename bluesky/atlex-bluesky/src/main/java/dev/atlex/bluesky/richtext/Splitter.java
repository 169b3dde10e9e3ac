package dev.atlex.bluesky.richtext;

import dev.atlex.bluesky.richtext.RichText.Shown;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into parts of limited length.
 *
 * <p>The text is first read into words, with the number of clusters and bytes before and after each word. Words are
 * separated by whitespace outside facets, and by the ends of sentences in scripts without spaces. Each part then takes
 * as many words as fit. If its last sentence is incomplete and fits in the next part, the part gives that sentence's
 * words back. Only a word that is longer than a part is cut, between clusters.
 *
 * <p>A part and the sentence or word that didn't fit into it are together longer than a part. So each word is read
 * about twice at most, and splitting takes linear time.
 */
final class Splitter {
    /** A word, with the numbers of clusters and bytes before it and up to its end. */
    private record Word(int start, int end, int graphemesBefore, int graphemesAfter, int bytesBefore, int bytesAfter) {}

    /** A place between clusters, with the numbers of clusters and bytes before it. */
    private record Place(int index, int graphemes, int bytes) {}

    private final RichText source;
    private final String text;
    private final List<Shown> facets;
    private final int graphemeRoom;
    private final int byteRoom;
    private final boolean cutsClusters;
    private final List<Word> words = new ArrayList<>();
    private final List<RichText> parts = new ArrayList<>();

    private Splitter(RichText source, int graphemeRoom, int byteRoom, boolean cutsClusters) {
        this.source = source;
        this.text = source.text();
        this.facets =
                source.shown().stream().filter(shown -> !shown.isBlank(text)).toList();
        this.graphemeRoom = graphemeRoom;
        this.byteRoom = byteRoom;
        this.cutsClusters = cutsClusters;
    }

    /**
     * Returns the beginning of text that is too long. It contains only whole clusters, and no facet that doesn't fit.
     */
    static RichText head(RichText source, int graphemeRoom, int byteRoom) {
        Splitter splitter = new Splitter(source, graphemeRoom, byteRoom, false);
        int length = source.text().length();
        // Treat the whole text as one word, which is longer than a part.
        splitter.words.add(new Word(0, length, 0, source.graphemes(), 0, source.utf8Length()));
        int end = splitter.cut(splitter.startOf(0), 0, 0).index;
        return source.slice(0, end, splitter.facets);
    }

    /** See {@link RichText#split(int, int, PartSuffix)}. */
    static List<RichText> split(RichText source, int maxGraphemes, int maxBytes, PartSuffix suffix) {
        // The number of parts determines the length of their suffixes, and vice versa.
        int graphemes = 0;
        int bytes = 0;
        while (true) {
            if (maxGraphemes - graphemes < 1 || maxBytes - bytes < 4) {
                throw new IllegalArgumentException("RichText.split: expected room for 1 grapheme and 4 bytes (got "
                        + maxGraphemes + " and " + maxBytes + ", of which suffixes take " + graphemes + " and " + bytes
                        + ")");
            }
            if (source.fits(maxGraphemes, maxBytes)) {
                return List.of(source);
            }
            List<RichText> parts = new Splitter(source, maxGraphemes - graphemes, maxBytes - bytes, true).split();
            if (parts.size() == 1) {
                return parts;
            }
            List<RichText> numbered = new ArrayList<>();
            boolean fit = true;
            for (RichText part : parts) {
                String end = RichText.wellFormed(suffix.suffix(numbered.size() + 1, parts.size()));
                int endGraphemes = Graphemes.count(end);
                int endBytes = Utf8.length(end);
                fit &= endGraphemes <= graphemes && endBytes <= bytes;
                graphemes = Math.max(graphemes, endGraphemes);
                bytes = Math.max(bytes, endBytes);
                numbered.add(end.isEmpty() ? part : part.append(end));
            }
            if (fit) {
                return List.copyOf(numbered);
            }
        }
    }

    private List<RichText> split() {
        readWords();
        int[] sentenceEnds = sentenceEnds();
        int word = 0;
        Place start = new Place(0, 0, 0);
        while (word < words.size()) {
            start = start.index > words.get(word).start ? start : startOf(word);
            int next = word;
            while (next < words.size() && fits(start, words.get(next))) {
                next++;
            }
            if (next == words.size()) {
                add(start, words.get(next - 1).end);
                break;
            }
            int sentence = next;
            while (sentence > word && sentenceEnds[sentence - 1] != sentence) {
                sentence--;
            }
            if (sentence > word && fits(startOf(sentence), words.get(sentenceEnds[next] - 1))) {
                add(start, words.get(sentence - 1).end);
                word = sentence;
            } else if (fits(startOf(next), words.get(next))) {
                add(start, words.get(next - 1).end);
                word = next;
            } else {
                Place end = cut(start, word, next);
                add(start, end.index == words.get(next).start ? words.get(next - 1).end : end.index);
                word = next;
                start = end;
            }
        }
        return parts.isEmpty() ? List.of(source.slice(0, 0, List.of())) : parts;
    }

    private Place startOf(int word) {
        Word first = words.get(word);
        return new Place(first.start, first.graphemesBefore, first.bytesBefore);
    }

    private boolean fits(Place start, Word last) {
        return fits(start, last.graphemesAfter, last.bytesAfter);
    }

    private boolean fits(Place start, int graphemes, int bytes) {
        return graphemes - start.graphemes <= graphemeRoom && bytes - start.bytes <= byteRoom;
    }

    /**
     * Returns where to cut a word that is longer than a part: as late as possible without cutting a facet. If there is
     * no such place, the part ends before the word. If the part has no other words, a facet is cut.
     *
     * @param first the word that the part begins with
     * @param next the long word
     */
    private Place cut(Place start, int first, int next) {
        Word word = words.get(next);
        Place from = start.index > word.start ? start : startOf(next);
        Place at = from;
        Place betweenFacets = from;
        while (at.index < word.end) {
            int end = clusterEnd(at.index);
            int bytes = at.bytes + Utf8Index.length(text, at.index, end);
            if (!fits(start, at.graphemes + 1, bytes)) {
                break;
            }
            at = new Place(end, at.graphemes + 1, bytes);
            if (!isInsideFacet(end)) {
                betweenFacets = at;
            }
        }
        return betweenFacets != from || next > first ? betweenFacets : at;
    }

    private void add(Place start, int end) {
        if (isSpace(start.index, end)) {
            // This is a piece of a facet that contains a lot of whitespace.
            return;
        }
        int first = facetBefore(start.index + 1);
        if (first < 0 || facets.get(first).end() <= start.index) {
            first++;
        }
        int last = facetBefore(end) + 1;
        parts.add(source.slice(start.index, end, facets.subList(first, Math.max(first, last))));
    }

    /** Returns for each word the index of the word after its sentence. */
    private int[] sentenceEnds() {
        int[] ends = new int[words.size()];
        int first = 0;
        for (int i = 0; i < ends.length; i++) {
            Word word = words.get(i);
            boolean isLast = i + 1 == ends.length
                    || Sentences.endWith(text, word.start, word.end, words.get(i + 1).start, i == first);
            if (isLast) {
                for (int j = first; j <= i; j++) {
                    ends[j] = i + 1;
                }
                first = i + 1;
            }
        }
        return ends;
    }

    private void readWords() {
        int start = -1;
        int graphemesBefore = 0;
        int bytesBefore = 0;
        boolean stopped = false;
        int graphemes = 0;
        int bytes = 0;
        for (int at = 0, end; at < text.length(); at = end) {
            end = clusterEnd(at);
            int c = text.codePointAt(at);
            boolean space = isSpace(at, end) && !isInFacet(at, end);
            boolean sentence = stopped && !Sentences.isWideStop(c) && !Sentences.isCloser(c) && !isInsideFacet(at);
            if (start >= 0 && (space || sentence)) {
                words.add(new Word(start, at, graphemesBefore, graphemes, bytesBefore, bytes));
                start = -1;
            }
            if (start < 0 && !space) {
                start = at;
                graphemesBefore = graphemes;
                bytesBefore = bytes;
            }
            stopped = !space && (Sentences.isWideStop(c) || stopped && !sentence);
            graphemes++;
            bytes += Utf8Index.length(text, at, end);
        }
        if (start >= 0) {
            words.add(new Word(start, text.length(), graphemesBefore, graphemes, bytesBefore, bytes));
        }
    }

    /**
     * Returns the end of a cluster. If clusters have to be cut because one is longer than a part, returns the end of
     * the piece that fits.
     */
    private int clusterEnd(int start) {
        if (!cutsClusters) {
            return Graphemes.end(text, start, text.length());
        }
        int end = Graphemes.end(text, start, (int) Math.min(text.length(), (long) start + byteRoom));
        if (end - start > byteRoom / 3) {
            int last = start;
            int bytes = 0;
            while (last < end) {
                int c = text.codePointAt(last);
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                if (bytes > byteRoom) {
                    return last;
                }
                last += Character.charCount(c);
            }
        }
        return end;
    }

    private boolean isSpace(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!CharClasses.isBreakingSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the index of the last facet that starts before an index of the text, or -1. */
    private int facetBefore(int index) {
        int low = 0;
        int high = facets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (facets.get(middle).start() < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private boolean isInsideFacet(int index) {
        return isInFacet(index, index);
    }

    /** Returns whether a facet starts before the end of a range, and ends after its start. */
    private boolean isInFacet(int start, int end) {
        int facet = facetBefore(end);
        return facet >= 0 && facets.get(facet).end() > start;
    }
}
