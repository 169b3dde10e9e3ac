package dev.atlex.identity;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a handle resolves to a DID whose document doesn't claim that handle. The owner of a domain can point it
 * to any account, so such a handle isn't trusted.
 */
public final class HandleMismatchException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String handle;
    private final String did;

    HandleMismatchException(Handle handle, Did did, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.handle = handle.toString();
        this.did = did.toString();
    }

    /** Returns the handle that was looked up, in lowercase. */
    public Handle handle() {
        return Handle.unchecked(handle);
    }

    /** Returns the DID that the handle resolves to. */
    public Did did() {
        return Did.unchecked(did);
    }

    @Override
    IdentityException copy() {
        return new HandleMismatchException(handle(), did(), String.valueOf(getMessage()), this);
    }
}
