package dev.atlex.bluesky.richtext;

import app.bsky.richtext.Facet;
import app.bsky.richtext.Facet.FeaturesItem;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A facet's range of the text, or that of a mention whose DID isn't known yet.
 *
 * @param start the first byte in UTF-8
 * @param end the byte after the last one
 * @param facet the facet, whose own index may be outdated; null for a mention without a DID
 * @param mention the handle of a mention without a DID
 */
record Span(
        long start,
        long end,
        @Nullable Facet facet,
        @Nullable Handle mention) {
    static final Comparator<Span> BY_START = Comparator.comparingLong(Span::start);

    static Span of(Facet facet) {
        return new Span(facet.index().byteStart(), facet.index().byteEnd(), facet, null);
    }

    static Span of(long start, long end, FeaturesItem feature) {
        return of(Facet.builder()
                .index(Facet.ByteSlice.builder().byteStart(start).byteEnd(end).build())
                .features(feature)
                .build());
    }

    static FeaturesItem link(String uri) {
        return FeaturesItem.of(Facet.Link.builder().uri(uri).build());
    }

    static FeaturesItem tag(String tag) {
        return FeaturesItem.of(Facet.Tag.builder().tag(tag).build());
    }

    static FeaturesItem mention(Did did) {
        return FeaturesItem.of(Facet.Mention.builder().did(did).build());
    }

    static Span mention(long start, long end, Handle handle) {
        return new Span(start, end, null, handle);
    }

    Span at(long newStart, long newEnd) {
        return newStart == start && newEnd == end ? this : new Span(newStart, newEnd, facet, mention);
    }

    boolean isEmpty() {
        return start >= end;
    }

    /**
     * Returns whether the span is still correct if its text is cut. A mention or tag isn't: a shorter handle or tag is
     * a different one.
     */
    boolean mayBeCut() {
        return facet != null && facet.features().stream().allMatch(FeaturesItem.Link.class::isInstance);
    }

    /** Returns the facet with this span's index, or null for a mention without a DID. */
    @Nullable
    Facet toFacet() {
        if (facet == null || facet.index().byteStart() == start && facet.index().byteEnd() == end) {
            return facet;
        }
        Facet.ByteSlice index =
                facet.index().toBuilder().byteStart(start).byteEnd(end).build();
        return facet.toBuilder().index(index).build();
    }
}
