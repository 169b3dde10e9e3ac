package dev.atlex.identity;

import dev.atlex.syntax.Handle;
import org.jspecify.annotations.Nullable;

/** Thrown when neither DNS nor the handle's website has a DID for the handle, or DNS has more than one. */
public final class HandleNotFoundException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String handle;

    HandleNotFoundException(Handle handle, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.handle = handle.toString();
    }

    /** Returns the handle in lowercase. */
    public Handle handle() {
        return Handle.unchecked(handle);
    }

    @Override
    IdentityException copy() {
        return new HandleNotFoundException(handle(), String.valueOf(getMessage()), this);
    }
}
