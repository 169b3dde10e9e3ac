package dev.atlex.identity;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import org.jspecify.annotations.Nullable;

/** The handle leads to a DID whose document claims another handle, or none: anybody may point a domain at anybody. */
public final class HandleMismatchException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String handle;
    private final String did;

    HandleMismatchException(Handle handle, Did did, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.handle = handle.toString();
        this.did = did.toString();
    }

    /** The handle that was looked up, in lower case. */
    public Handle handle() {
        return Handle.unchecked(handle);
    }

    /** The DID that it leads to. */
    public Did did() {
        return Did.unchecked(did);
    }

    @Override
    IdentityException copy() {
        return new HandleMismatchException(handle(), did(), String.valueOf(getMessage()), this);
    }
}
