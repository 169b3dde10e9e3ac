package dev.atlex.installer;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** A document that can't be had, is not what was pinned, or can't be written; the message says which and why. */
public final class InstallException extends LexException {
    private static final long serialVersionUID = 1L;

    public InstallException(String message) {
        this(message, null);
    }

    /** @param cause what the network or the file system said, or null */
    public InstallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
