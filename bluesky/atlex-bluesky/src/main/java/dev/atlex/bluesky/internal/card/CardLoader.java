package dev.atlex.bluesky.internal.card;

import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.PublicLinks;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.internal.UrlReferences;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.internal.Excerpt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads a page and the image that it declares, within one deadline, and fits the image. */
public final class CardLoader {
    private final WebLoader web;
    private final CardSettings settings;
    private final TimeSource time;

    /** @param guarded a transport that rejects hosts that aren't allowed */
    public CardLoader(Transport guarded, CardSettings settings, TimeSource time) {
        this.web = new WebLoader(
                guarded,
                settings.userAgent(),
                settings.attemptTimeout(),
                settings.maxPageBytes(),
                settings.maxImageBytes(),
                time);
        this.settings = settings;
        this.time = time;
    }

    /**
     * Loads the parts of a card.
     *
     * @throws LinkCardException if the page can't be loaded
     */
    public CardDraft load(URI link) {
        URI uri = UrlReferences.resolve(null, link.toString(), StandardCharsets.UTF_8);
        String problem = PublicLinks.problem(link.toASCIIString());
        if (uri == null || problem != null) {
            String shown = PublicLinks.withoutUserInfo(link.toString());
            throw new LinkCardException(
                    PublicLinks.bare(link),
                    0,
                    false,
                    "link card: " + (problem == null ? "invalid host or port" : problem) + " (got "
                            + Excerpt.quote(shown) + ")",
                    null);
        }
        Deadline deadline = time.deadline(settings.timeout());
        WebDocument document = web.page(uri, deadline, settings.maxRetries());
        if (document instanceof WebDocument.Page page) {
            PageMetadata metadata = PageMetadata.of(page.head(), page.uri());
            Thumb thumb = settings.thumbs() ? firstUsable(metadata.images(), deadline) : Thumb.NONE;
            String title = metadata.title() == null ? CardText.fallbackTitle(page.uri()) : metadata.title();
            String description = metadata.description() == null ? "" : metadata.description();
            return new CardDraft(title, description, metadata.canonical(), thumb.image(), thumb.failure());
        }
        Thumb thumb = document instanceof WebDocument.Image image && settings.thumbs()
                ? fit(image.uri(), image.bytes())
                : Thumb.NONE;
        return new CardDraft(CardText.fallbackTitle(document.uri()), "", null, thumb.image(), thumb.failure());
    }

    private record Thumb(
            @Nullable PreparedImage image, @Nullable LinkCardException failure) {
        static final Thumb NONE = new Thumb(null, null);
    }

    private Thumb firstUsable(List<URI> images, Deadline deadline) {
        Thumb first = Thumb.NONE;
        for (URI uri : images) {
            Thumb thumb;
            try {
                thumb = fit(uri, web.image(uri, deadline, Math.min(1, settings.maxRetries())));
            } catch (LinkCardException e) {
                thumb = new Thumb(null, e);
            }
            if (thumb.image() != null) {
                return thumb;
            }
            first = first == Thumb.NONE ? thumb : first;
            if (deadline.isOver()) {
                break;
            }
        }
        return first;
    }

    /**
     * Fits an image. The content shows whether it is one, because servers may send an error page instead of an image,
     * with any media type.
     */
    private static Thumb fit(URI uri, byte[] bytes) {
        try {
            String name = CardText.fallbackTitle(uri);
            return new Thumb(ImagePreparer.prepare(name, bytes, ImagePreparer.THUMB_LIMIT), null);
        } catch (ImageException e) {
            return new Thumb(null, new LinkCardException(uri, 200, false, "link card: " + e.getMessage(), e));
        }
    }
}
