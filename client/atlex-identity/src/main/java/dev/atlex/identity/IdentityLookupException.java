package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a server can't be reached or fails, so nothing is known about the identity. A later retry may succeed.
 */
public final class IdentityLookupException extends IdentityException {
    private static final long serialVersionUID = 1L;

    IdentityLookupException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }

    @Override
    IdentityException copy() {
        return new IdentityLookupException(String.valueOf(getMessage()), this);
    }
}
