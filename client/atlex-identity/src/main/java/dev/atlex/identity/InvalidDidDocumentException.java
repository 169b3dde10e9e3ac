package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/** What should be a DID document is none, is that of another DID, or lacks what was asked of it. */
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
