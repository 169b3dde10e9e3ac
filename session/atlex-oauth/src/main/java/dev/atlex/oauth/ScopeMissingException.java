package dev.atlex.oauth;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server refuses a call because the user hasn't granted the scope for it. The session stays valid. To
 * get the scope, request it in a new sign-in.
 */
public final class ScopeMissingException extends OAuthException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 300;

    private final Did did;
    private final @Nullable String scope;

    /**
     * Creates the exception.
     *
     * @param did the account
     * @param scope the missing scope as the server wrote it, or null if the server doesn't specify it
     * @param cause the server's response, or null
     */
    public ScopeMissingException(Did did, @Nullable String scope, @Nullable Throwable cause) {
        super(
                "the session for " + did + " lacks "
                        + (scope == null ? "a scope" : "the scope " + Excerpt.line(scope, MAX_SHOWN))
                        + "; sign in again and request it",
                cause);
        this.did = did;
        this.scope = scope;
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns the missing scope, or null if the server doesn't specify a valid one. */
    public @Nullable Scope scope() {
        try {
            return scope == null ? null : Scope.parse(scope);
        } catch (InvalidSyntaxException e) {
            return null;
        }
    }

    /** Returns {@code ScopeMissingError}, the servers' name for this error. */
    @Override
    public String error() {
        return "ScopeMissingError";
    }

    @Override
    public ScopeMissingException again() {
        return new ScopeMissingException(did, scope, getCause());
    }
}
