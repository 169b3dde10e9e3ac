package dev.atlex.bluesky.internal;

import app.bsky.feed.Post;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtUri;

/** Reads the addresses of posts: {@code at://…} and those of web pages. */
public final class PostUris {
    private PostUris() {}

    /**
     * Returns the URI of the post at an address: an AT URI, or a page such as
     * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a} on any host.
     *
     * @throws InvalidSyntaxException if it is neither
     * @throws dev.atlex.bluesky.ShortLinkException if it is a short link
     */
    public static AtUri parse(String address) {
        AtUri uri = WebAddress.parse(address, null);
        if (!Post.RECORD.collection().equals(uri.collection()) || uri.recordKey() == null) {
            throw new InvalidSyntaxException(
                    "post address",
                    address,
                    "is not the address of a post; expected at://… or https://bsky.app/profile/…/post/…");
        }
        return uri;
    }
}
