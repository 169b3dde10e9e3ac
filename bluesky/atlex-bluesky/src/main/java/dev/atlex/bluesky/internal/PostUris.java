package dev.atlex.bluesky.internal;

import app.bsky.feed.Post;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtUri;

/** Parses the addresses of posts: {@code at://…} URIs and web pages. */
public final class PostUris {
    private PostUris() {}

    /**
     * Returns the URI of the post at an address: an AT URI, or a page such as
     * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a}.
     *
     * @throws InvalidSyntaxException if the address is neither
     * @throws dev.atlex.bluesky.ShortLinkException if it is a short link
     */
    public static AtUri parse(String address) {
        return check(WebAddress.parse(address, WebAddress.HOST));
    }

    /**
     * Returns the URI if it is a post's URI.
     *
     * @throws InvalidSyntaxException if it isn't
     */
    public static AtUri check(AtUri uri) {
        if (!Post.RECORD.collection().equals(uri.collection()) || uri.recordKey() == null) {
            throw new InvalidSyntaxException(
                    "post address",
                    uri.toString(),
                    "is not the address of a post; expected at://… or https://bsky.app/profile/…/post/…");
        }
        return uri;
    }
}
