package dev.atlex.bluesky.richtext;

import dev.atlex.schema.internal.Utf8;
import dev.atlex.syntax.Handle;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces parts of the text and moves its spans, in time linear in the text and the spans.
 *
 * <p>A replacement is a deletion followed by an insertion, each done as upstream does it. A deletion moves both ends of
 * a span back by the number of bytes deleted before them, so a span may shrink or vanish. An insertion at or before the
 * start of a span moves the span, an insertion inside makes it grow, and an insertion at its end doesn't change it.
 */
final class TextEdit {
    /**
     * A replacement in byte offsets of the old text, with the length of the new part and the total growth before it.
     */
    private record Change(long start, long end, int length, long growthBefore, boolean keepsSpan) {
        long growthAfter() {
            return growthBefore + length - (end - start);
        }

        boolean covers(Span span) {
            return keepsSpan && span.start() == start && span.end() == end;
        }
    }

    private final String text;
    private final Utf8Index utf8;
    private final StringBuilder result = new StringBuilder();
    private final List<Change> changes = new ArrayList<>();
    private int copied;
    private long growth;

    TextEdit(String text, Utf8Index utf8) {
        this.text = text;
        this.utf8 = utf8;
    }

    /** Replaces a part, which must begin at or after the end of the part replaced last. */
    void replace(int start, int end, String replacement) {
        change(start, end, replacement, false);
    }

    /** Like {@link #replace}, but a span of exactly this part covers the replacement. */
    void replaceSpan(int start, int end, String replacement) {
        change(start, end, replacement, true);
    }

    private void change(int start, int end, String replacement, boolean keepsSpan) {
        long from = utf8.toByte(start);
        long to = utf8.toByte(end);
        int length = Utf8.length(replacement);
        changes.add(new Change(from, to, length, growth, keepsSpan));
        growth += length - (to - from);
        result.append(text, copied, start).append(replacement);
        copied = end;
    }

    RichText apply(List<Span> spans, List<Handle> unresolved) {
        result.append(text, copied, text.length());
        // No surrogate pair can form or break here, because replacements are well-formed and cuts never split
        // a pair.
        String edited = result.toString();
        boolean deletes = changes.stream().anyMatch(change -> change.end > change.start);
        List<Span> moved = new ArrayList<>(spans.size());
        for (Span span : spans) {
            Span after = moved(span);
            if (!after.isEmpty() || !deletes) {
                moved.add(after);
            }
        }
        moved.sort(Span.BY_START);
        return new RichText(edited, new Utf8Index(edited), moved, unresolved);
    }

    private Span moved(Span span) {
        int first = lastChange(span.start(), true);
        if (first >= 0 && changes.get(first).covers(span)) {
            Change change = changes.get(first);
            long start = change.start + change.growthBefore;
            return span.at(start, start + change.length);
        }
        long start = span.start();
        if (first >= 0) {
            Change change = changes.get(first);
            start = Math.max(start, change.end) + change.growthAfter();
        }
        if (span.isEmpty()) {
            return span.at(start, start);
        }
        long end = span.end();
        int last = lastChange(end, false);
        if (last >= 0) {
            Change change = changes.get(last);
            end = end > change.end ? end + change.growthAfter() : change.start + change.growthBefore;
        }
        return span.at(start, end);
    }

    /** Returns the index of the last change that starts before an offset, or at it if included; -1 if there is none. */
    private int lastChange(long offset, boolean included) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            long start = changes.get(middle).start;
            if (start < offset || included && start == offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
