package dev.atlex.session;

import dev.atlex.session.store.SessionStore;
import org.jspecify.annotations.Nullable;

/** Thrown when an entry in a {@link SessionStore} exists, but its content can't be decoded. Retrying doesn't help. */
public final class CorruptStoreEntryException extends SessionStoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception. Intended for implementations of stores.
     *
     * @param message a description of the entry and the problem; must not contain stored content
     * @param cause the underlying failure, or null
     */
    public CorruptStoreEntryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
