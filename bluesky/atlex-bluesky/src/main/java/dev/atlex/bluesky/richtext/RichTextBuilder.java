package dev.atlex.bluesky.richtext;

import app.bsky.richtext.Facet;
import dev.atlex.bluesky.internal.PublicLinks;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.schema.internal.Utf8;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link RichText} from parts. Links, mentions and tags in plain text aren't detected; for that, add the
 * result of {@link RichText#detect}.
 */
public final class RichTextBuilder {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private long length;

    RichTextBuilder() {}

    /** Adds plain text. */
    public RichTextBuilder text(String plain) {
        append(RichText.wellFormed(plain));
        return this;
    }

    /**
     * Adds a link.
     *
     * @param shown the text to show
     * @param uri an http or https URL, without a user name or password, because the text is public
     * @throws IllegalArgumentException if the text is blank
     * @throws InvalidSyntaxException if the URI doesn't meet these requirements
     */
    public RichTextBuilder link(String shown, String uri) {
        String problem = PublicLinks.problem(uri);
        if (problem != null) {
            throw new InvalidSyntaxException("uri", PublicLinks.withoutUserInfo(uri), problem);
        }
        return add(shown, Span.link(uri));
    }

    /** Like {@link #link(String, String)}. */
    public RichTextBuilder link(String shown, URI uri) {
        return link(shown, uri.toString());
    }

    /**
     * Adds a mention, such as {@code @alice.example.com}. {@link RichText#resolveMentions} looks up its DID.
     *
     * @param handle a handle, with or without an at sign
     * @throws InvalidSyntaxException if the handle is invalid
     */
    public RichTextBuilder mention(String handle) {
        return mention(Handle.of(handle.startsWith("@") ? handle.substring(1) : handle));
    }

    /** Like {@link #mention(String)}. */
    public RichTextBuilder mention(Handle handle) {
        long start = length;
        append("@" + handle);
        spans.add(Span.mention(start, length, handle));
        return this;
    }

    /**
     * Adds a mention of an account whose DID is known.
     *
     * @param shown the text to show, usually an at sign and the handle
     * @throws IllegalArgumentException if the text is blank
     */
    public RichTextBuilder mention(String shown, Did did) {
        return add(shown, Span.mention(did));
    }

    /**
     * Adds a tag, such as {@code #java}.
     *
     * @param tag the tag, with or without the leading {@code #}; a cashtag begins with a dollar sign
     * @throws IllegalArgumentException if the tag is empty, contains whitespace, or is longer than 64 graphemes or 640
     *     bytes of UTF-8
     */
    public RichTextBuilder tag(String tag) {
        String name = RichText.wellFormed(tag.startsWith("#") ? tag.substring(1) : tag);
        if (name.isEmpty() || name.codePoints().anyMatch(CharClasses::isSpace) || !FacetScanner.isTag(name)) {
            throw new IllegalArgumentException(
                    "RichTextBuilder.tag: expected 1 to 64 graphemes, at most 640 bytes and no whitespace (got "
                            + Excerpt.quote(name) + ")");
        }
        return add(name.startsWith("$") ? name : "#" + name, Span.tag(name));
    }

    /** Adds another rich text with its facets and mentions. */
    public RichTextBuilder add(RichText other) {
        long start = length;
        append(other.text());
        for (Span span : other.spans()) {
            spans.add(span.at(span.start() + start, span.end() + start));
        }
        return this;
    }

    private RichTextBuilder add(String shown, Facet.FeaturesItem feature) {
        if (shown.codePoints().allMatch(CharClasses::isSpace)) {
            throw new IllegalArgumentException(
                    "RichTextBuilder: a facet needs text to show (got " + Excerpt.quote(shown) + ")");
        }
        long start = length;
        append(RichText.wellFormed(shown));
        spans.add(Span.of(start, length, feature));
        return this;
    }

    private void append(String part) {
        text.append(part);
        length += Utf8.length(part);
    }

    /** Returns the text. The builder can still be used afterward. */
    public RichText build() {
        return new RichText(
                text.toString(), spans.stream().sorted(Span.BY_START).toList());
    }
}
