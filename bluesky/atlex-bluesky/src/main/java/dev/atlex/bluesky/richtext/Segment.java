package dev.atlex.bluesky.richtext;

import app.bsky.richtext.Facet;
import app.bsky.richtext.Facet.FeaturesItem;
import dev.atlex.syntax.Did;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part of a {@link RichText}, with the facet that covers it, if any. Apps show a post segment by segment. */
public final class Segment {
    private final String text;
    private final @Nullable Facet facet;

    Segment(String text, @Nullable Facet facet) {
        this.text = text;
        this.facet = facet;
    }

    /** Returns the text to show. */
    public String text() {
        return text;
    }

    /** Returns the facet, or null for plain text. */
    public @Nullable Facet facet() {
        return facet;
    }

    /** Returns the URI that the segment links to, or null if it isn't a link. */
    public @Nullable String link() {
        FeaturesItem.Link link = feature(FeaturesItem.Link.class);
        return link == null ? null : link.value().uri();
    }

    /** Returns the account that the segment mentions, or null if it isn't a mention. */
    public @Nullable Did mention() {
        FeaturesItem.Mention mention = feature(FeaturesItem.Mention.class);
        return mention == null ? null : mention.value().did();
    }

    /**
     * Returns the tag without its leading {@code #}, or a cashtag with its dollar sign; null if the segment isn't a
     * tag.
     */
    public @Nullable String tag() {
        FeaturesItem.Tag tag = feature(FeaturesItem.Tag.class);
        return tag == null ? null : tag.value().tag();
    }

    private <T extends FeaturesItem> @Nullable T feature(Class<T> type) {
        return facet == null
                ? null
                : facet.features().stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .findFirst()
                        .orElse(null);
    }

    /** Returns whether the other object is a segment with the same text and facet. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Segment that && text.equals(that.text) && Objects.equals(facet, that.facet);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, facet);
    }

    @Override
    public String toString() {
        return facet == null ? text : text + facet.features();
    }
}
