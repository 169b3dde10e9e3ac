package dev.atlex.bluesky;

import dev.atlex.data.LexException;
import dev.atlex.syntax.AtUri;
import org.jspecify.annotations.Nullable;

/** Thrown when a post can't be replied to, quoted, liked, reposted or read. Nothing has been written. */
public final class PostUnavailableException extends LexException {
    private static final long serialVersionUID = 1L;

    private final transient AtUri uri;
    private final Reason reason;

    /**
     * Creates an exception.
     *
     * @param operation the attempted operation, such as {@code reply}
     * @param uri the post that the operation is about
     * @param cause the failure that revealed the reason, or null
     */
    public PostUnavailableException(String operation, AtUri uri, Reason reason, @Nullable Throwable cause) {
        super(operation + ": " + reason.text + " (" + uri + ")", cause);
        this.uri = uri;
        this.reason = reason;
    }

    /** Returns the post that the operation is about. */
    public AtUri uri() {
        return uri;
    }

    /** Returns why the post is unavailable. */
    public Reason reason() {
        return reason;
    }

    /** Why a post is unavailable. More reasons may be added. */
    public enum Reason {
        /** The post was deleted, never existed, or is too new to be known to Bluesky. */
        NOT_FOUND("the post doesn't exist; it may have been deleted, or is too new to be indexed"),

        /** One of the two accounts blocks the other, or moderators have hidden the post. */
        BLOCKED("the post is blocked: one of the two accounts blocks the other, or the post was taken down"),

        /** The thread's author doesn't allow this account to reply. */
        REPLIES_DISABLED("the author of the thread doesn't allow this account to reply"),

        /** The post's author doesn't allow quotes. */
        QUOTES_DISABLED("the author of the post doesn't allow quotes");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
