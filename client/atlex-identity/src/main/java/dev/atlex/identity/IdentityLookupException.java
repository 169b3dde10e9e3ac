package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who had to be asked did not answer, or answered that something is wrong on their side. Nothing is known about
 * the identity; trying again later may help.
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
