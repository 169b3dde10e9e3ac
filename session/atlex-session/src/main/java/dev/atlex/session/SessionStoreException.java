package dev.atlex.session;

import dev.atlex.data.LexException;
import dev.atlex.session.store.SessionStore;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@link SessionStore} fails: a disk is full, a database is down, a file is corrupt. */
public final class SessionStoreException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * For implementations.
     *
     * @param message what failed and where, without anything of what was to be kept
     * @param cause what was thrown, or null
     */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
