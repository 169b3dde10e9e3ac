package dev.atlex.bluesky.card;

import app.bsky.embed.External;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.PublicLinks;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import dev.atlex.data.InvalidSyntaxException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The card that a post shows for a link. Immutable.
 *
 * @see <a href="https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/external.json">Lexicon:
 *     app.bsky.embed.external</a>
 */
public final class LinkCard {
    private static final System.Logger LOG = System.getLogger(LinkCard.class.getName());

    private final URI uri;
    private final String title;
    private final String description;
    private final @Nullable URI canonicalUri;
    private final @Nullable PreparedImage thumb;
    private final @Nullable LinkCardException thumbFailure;

    LinkCard(
            URI uri,
            String title,
            String description,
            @Nullable URI canonicalUri,
            @Nullable PreparedImage thumb,
            @Nullable LinkCardException thumbFailure) {
        this.uri = Objects.requireNonNull(uri, "uri");
        this.title = Objects.requireNonNull(title, "title");
        this.description = Objects.requireNonNull(description, "description");
        this.canonicalUri = canonicalUri;
        this.thumb = thumb;
        this.thumbFailure = thumbFailure;
    }

    /**
     * Returns a card without an image, with the given title and description.
     *
     * @param uri the link's target: an http or https URL, without a user name or password, because the post makes the
     *     URL public
     * @param description the description, which may be empty
     * @throws InvalidSyntaxException if the URI doesn't meet these requirements
     */
    public static LinkCard of(URI uri, String title, String description) {
        String problem = PublicLinks.problem(uri.toASCIIString());
        if (problem != null) {
            throw new InvalidSyntaxException("uri", PublicLinks.withoutUserInfo(uri.toString()), problem);
        }
        return new LinkCard(uri, title, description, null, null, null);
    }

    /** Returns the link's target, exactly as the caller passed it. */
    public URI uri() {
        return uri;
    }

    /**
     * Returns the title. For a fetched card, this is the page's own title, or else its file name or host, on one line
     * of at most 300 characters.
     */
    public String title() {
        return title;
    }

    /**
     * Returns the description; empty if there is none. For a fetched card, it is one line of at most 1,000 characters.
     */
    public String description() {
        return description;
    }

    /** Returns the URL that the page declares as its own, or null if it declares none. Posts link to {@link #uri}. */
    public @Nullable URI canonicalUri() {
        return canonicalUri;
    }

    /** Returns the image, ready to upload and at most 1,000,000 bytes; null if the page has no usable image. */
    public @Nullable PreparedImage thumb() {
        return thumb;
    }

    /** Returns why the page's image couldn't be used, or null if it was used or the page has none. */
    public @Nullable LinkCardException thumbFailure() {
        return thumbFailure;
    }

    /** Returns the embed for a post, given the uploaded image, or null for a card without an image. */
    public External toEmbed(@Nullable BlobRef uploadedThumb) {
        External.ExternalDef.Builder external = External.ExternalDef.builder()
                .uri(uri.toASCIIString())
                .title(title)
                .description(description);
        if (uploadedThumb != null) {
            external.thumb(uploadedThumb);
        }
        return External.builder().external(external.build()).build();
    }

    /**
     * Uploads the image and returns the embed for a post. If the server rejects the image, the embed has no image, and
     * a warning is logged.
     *
     * @param client a client of the account that posts
     */
    public External upload(Client client) {
        if (thumb == null) {
            return toEmbed(null);
        }
        try {
            return toEmbed(client.uploadBlob(RequestBody.of(thumb.bytes()), thumb.mediaType()));
        } catch (XrpcException e) {
            LOG.log(Level.WARNING, "failed to upload the image of the card for " + uri + "; posting without it", e);
            return toEmbed(null);
        }
    }

    /** Returns whether the other card has the same content. {@link #thumbFailure} isn't compared. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkCard that
                && uri.equals(that.uri)
                && title.equals(that.title)
                && description.equals(that.description)
                && Objects.equals(canonicalUri, that.canonicalUri)
                && Objects.equals(thumb, that.thumb);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, title, description, canonicalUri, thumb);
    }

    /** Returns the link, the title and the image's size. */
    @Override
    public String toString() {
        return "LinkCard[" + uri + ", \"" + title + "\", thumb=" + thumb + "]";
    }
}
