package dev.atlex.client;

import com.atproto.repo.PutRecord;
import dev.atlex.syntax.AtUri;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when {@link Client#update} gives up because another write came first in every attempt. This update hasn't
 * changed the record. The cause is the server's last {@code InvalidSwap}, if it returned one.
 */
public final class UpdateConflictException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final transient AtUri uri;
    private final int attempts;

    UpdateConflictException(AtUri uri, int attempts, @Nullable XrpcResponseException cause) {
        super(
                PutRecord.PROCEDURE,
                PutRecord.ERROR_INVALID_SWAP,
                "update: " + uri + " was changed by others during each of " + attempts + " attempts; try again later",
                cause);
        this.uri = uri;
        this.attempts = attempts;
    }

    /** Returns the record's URI. */
    public AtUri uri() {
        return uri;
    }

    /** Returns the number of attempts that were made. */
    public int attempts() {
        return attempts;
    }

    /** Returns true: the record may change less often later. */
    @Override
    public boolean retryable() {
        return true;
    }
}
