package dev.atlex.oauth.internal.server;

import dev.atlex.data.LexException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of a revocation. */
public sealed interface RevocationReply {
    /**
     * The server reported success. This doesn't prove that the token was revoked: servers also report success for
     * unknown tokens, and for tokens of a different key or client (RFC 7009, section 2.2).
     */
    record Accepted() implements RevocationReply {}

    /** The server has no revocation endpoint. */
    record Unsupported() implements RevocationReply {}

    /**
     * The server refused, or couldn't be reached. The token may be valid.
     *
     * @param failure the response, or the broken connection
     * @param retryAt the time at which the server allows the next request; null if it doesn't specify one
     */
    record Failed(LexException failure, @Nullable Instant retryAt) implements RevocationReply {}
}
