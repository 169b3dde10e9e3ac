package dev.atlex.session;

import dev.atlex.data.LexException;
import dev.atlex.session.store.SessionStore;
import org.jspecify.annotations.Nullable;

/** A {@link SessionStore} does not work: the disk is full, the database is away, a file is damaged. */
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
