package dev.atlex.bluesky.internal.card;

import java.net.URI;

/** A document from the web. */
sealed interface WebDocument {
    /** Returns the URL after redirects. */
    URI uri();

    /**
     * A page with its head.
     *
     * @param head the elements found in the part of the page that was read
     */
    record Page(URI uri, HtmlHead.Found head) implements WebDocument {}

    /** An image, or at least a document that the server declares to be one. */
    record Image(URI uri, byte[] bytes) implements WebDocument {}

    /** A document of any other kind. Its content wasn't read. */
    record Other(URI uri) implements WebDocument {}
}
