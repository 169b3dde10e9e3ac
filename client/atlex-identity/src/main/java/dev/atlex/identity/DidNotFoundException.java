package dev.atlex.identity;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** Thrown when the directory or host of a DID has no document for it, or has deleted the document. */
public final class DidNotFoundException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String did;

    DidNotFoundException(Did did, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.did = did.toString();
    }

    /** Returns the DID that was looked up. */
    public Did did() {
        return Did.unchecked(did);
    }

    @Override
    IdentityException copy() {
        return new DidNotFoundException(did(), String.valueOf(getMessage()), this);
    }
}
