package dev.atlex.session;

import dev.atlex.data.LexException;
import dev.atlex.session.store.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link SessionStore} fails, for example because a disk is full, a database is down or a file is
 * corrupt.
 */
public class SessionStoreException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception. Intended for implementations of stores.
     *
     * @param message a description of the operation and of where it failed; must not contain stored content
     * @param cause the underlying failure, or null
     */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
