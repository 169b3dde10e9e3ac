package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/** Thrown when a DID document is malformed, belongs to a different DID, or lacks a required entry. */
public final class InvalidDidDocumentException extends IdentityException {
    private static final long serialVersionUID = 1L;

    InvalidDidDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }

    @Override
    IdentityException copy() {
        return new InvalidDidDocumentException(String.valueOf(getMessage()), this);
    }
}
