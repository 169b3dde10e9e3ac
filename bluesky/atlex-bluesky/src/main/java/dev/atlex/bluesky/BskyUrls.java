package dev.atlex.bluesky;

import dev.atlex.bluesky.internal.WebAddress;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import java.util.Locale;

/**
 * Converts between AT URIs and the addresses of pages in the Bluesky app, without making a request.
 *
 * <pre>{@code
 * AtUri uri = BskyUrls.toAtUri("https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a");
 * URI page = BskyUrls.toWeb(uri);
 * }</pre>
 *
 * <p>Accounts, posts, feeds, lists and starter packs have pages. A handle in a page's address stays a handle in the AT
 * URI. {@link Bluesky#resolve} replaces it with the account's DID, so that the URI stays valid if the account changes
 * its handle.
 */
public final class BskyUrls {
    private BskyUrls() {}

    /**
     * Returns the AT URI of a page on {@code bsky.app}. An AT URI is returned unchanged. Whitespace around the address,
     * a query, and the last part of a page such as {@code …/liked-by} are ignored.
     *
     * @throws dev.atlex.data.InvalidSyntaxException if the address is neither such a page nor an AT URI
     * @throws ShortLinkException if it is a short link
     */
    public static AtUri toAtUri(String address) {
        return WebAddress.parse(address, WebAddress.HOST);
    }

    /**
     * Like {@link #toAtUri(String)}, for another app that has the same pages.
     *
     * @param host the app's host, such as {@code deer.social}
     */
    public static AtUri toAtUri(String address, String host) {
        return WebAddress.parse(address, host.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the page of an account, post, feed, list or starter pack on {@code bsky.app}.
     *
     * @throws IllegalArgumentException if records of this kind have no page
     */
    public static URI toWeb(AtUri uri) {
        return WebAddress.page(uri, WebAddress.HOST);
    }

    /**
     * Like {@link #toWeb(AtUri)}, on another app that has the same pages.
     *
     * @param host the app's host, such as {@code deer.social}
     */
    public static URI toWeb(AtUri uri, String host) {
        return WebAddress.page(uri, host);
    }
}
