package dev.atlex.bluesky.internal;

import app.bsky.feed.Post;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.UserInput;
import java.net.URI;

/** Reads the addresses of posts: {@code at://…} and those of web pages. */
public final class PostUris {
    private static final String PROFILE = "/profile/";
    private static final String POST = "/post/";

    private PostUris() {}

    /**
     * Returns the URI of the post at an address: an AT URI, or a page such as
     * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a} on any host.
     *
     * @throws InvalidSyntaxException if it is neither
     */
    public static AtUri parse(String address) {
        String text = UserInput.strip(address);
        if (text.startsWith("at://")) {
            AtUri uri = AtUri.of(text);
            if (!Post.RECORD.collection().equals(uri.collection()) || uri.recordKey() == null) {
                throw invalid(text, "is not the address of a post");
            }
            return uri;
        }
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw invalid(text, "expected at://… or https://bsky.app/profile/…/post/…");
        }
        String path = path(text);
        int post = path.indexOf(POST);
        if (!path.startsWith(PROFILE) || post < PROFILE.length()) {
            throw invalid(text, "is not the page of a post; expected https://bsky.app/profile/…/post/…");
        }
        String key = path.substring(post + POST.length());
        String rkey = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        AtIdentifier author = UserInput.identifier(path.substring(PROFILE.length(), post));
        return AtUri.of(author, Post.RECORD.collection(), RecordKey.of(rkey));
    }

    private static String path(String text) {
        try {
            String path = URI.create(text).getPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException e) {
            throw invalid(text, "is not a URL");
        }
    }

    private static InvalidSyntaxException invalid(String text, String reason) {
        return new InvalidSyntaxException("post address", text, reason);
    }
}
