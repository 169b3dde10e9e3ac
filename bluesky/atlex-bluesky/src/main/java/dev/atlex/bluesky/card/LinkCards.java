package dev.atlex.bluesky.card;

import dev.atlex.bluesky.internal.card.CardDraft;
import dev.atlex.bluesky.internal.card.CardLoader;
import dev.atlex.bluesky.internal.card.CardSettings;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.internal.SsrfGuard;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Creates link cards by fetching a page and reading its title, description and image from Open Graph, Twitter cards or
 * plain HTML. Thread-safe.
 *
 * <pre>{@code
 * LinkCard card = LinkCards.create().fetch(URI.create("https://example.com/article"));
 * }</pre>
 *
 * <p>A card is created within a {@linkplain LinkCardOptions.Builder#timeout time limit}. Each request, including
 * redirects and requests for images, is checked first, so that a link can't reach into a private network. An image that
 * can't be used never fails the card: {@link LinkCard#thumbFailure} reports why.
 */
public final class LinkCards {
    private static final System.Logger LOG = System.getLogger(LinkCards.class.getName());

    private final LinkCardOptions options;
    private final SsrfGuard.Lookup hosts;
    private final TimeSource time;
    private final CardLoader loader;

    LinkCards(LinkCardOptions options, SsrfGuard.Lookup hosts, TimeSource time) {
        this.options = options;
        this.hosts = hosts;
        this.time = time;
        Transport transport = options.transport() == null ? Transport.jdk() : options.transport();
        SsrfGuard guard = new SsrfGuard(transport, options.allowPrivateAddresses(), hosts, options.attemptTimeout())
                .withPlainHttp();
        this.loader = new CardLoader(
                guard,
                new CardSettings(
                        options.timeout(),
                        options.attemptTimeout(),
                        options.maxRetries(),
                        options.maxPageBytes(),
                        options.maxImageBytes(),
                        options.thumbs(),
                        options.userAgent()),
                time);
    }

    /** Returns an instance with the default options. */
    public static LinkCards create() {
        return of(LinkCardOptions.DEFAULTS);
    }

    /** Returns an instance with these options. */
    public static LinkCards of(LinkCardOptions options) {
        return new LinkCards(options, InetAddress::getAllByName, TimeSource.SYSTEM);
    }

    /** Returns an instance whose options the function sets. */
    public static LinkCards of(Consumer<? super LinkCardOptions.Builder> options) {
        return of(LinkCardOptions.of(options));
    }

    /** Returns an instance that uses this transport, unless the options set one. */
    public LinkCards withDefaultTransport(Transport transport) {
        return options.transport() == null
                ? new LinkCards(options.toBuilder().transport(transport).build(), hosts, time)
                : this;
    }

    /** Returns the options. */
    public LinkCardOptions options() {
        return options;
    }

    /**
     * Fetches a page and creates its card. If the page has no title, the card shows its file name or host. A link to an
     * image becomes a card with that image. The card of any other document shows only the file name or host.
     *
     * <p>If a page hangs, doesn't respond, or responds with an error such as 503, the request is retried.
     *
     * @param uri the link's target: an http or https URL
     * @throws LinkCardException if the URL is invalid, leads into a private network, or can't be fetched. To post the
     *     link anyway, use {@link LinkCard#of}.
     */
    public LinkCard fetch(URI uri) {
        CardDraft draft = loader.load(uri);
        LinkCardException failure = draft.imageFailure();
        if (failure != null) {
            LOG.log(Level.INFO, "no image on the card for " + uri + ": " + failure.getMessage());
        }
        return new LinkCard(uri, draft.title(), draft.description(), draft.canonical(), draft.image(), failure);
    }
}
