package dev.atlex.bluesky;

import dev.atlex.data.LexException;
import java.net.URI;

/**
 * Thrown for a Bluesky short link, such as {@code https://go.bsky.app/QrRpi5S}. Only a request to its host reveals the
 * page, so follow the redirect and pass the address that it leads to.
 */
public final class ShortLinkException extends LexException {
    private static final long serialVersionUID = 1L;

    private final URI link;

    /** Creates an exception. */
    public ShortLinkException(URI link) {
        super("Bluesky address: a short link doesn't contain the address of its page; follow its redirect and pass "
                + "the page (got \"" + link + "\")");
        this.link = link;
    }

    /** Returns the short link. */
    public URI link() {
        return link;
    }
}
