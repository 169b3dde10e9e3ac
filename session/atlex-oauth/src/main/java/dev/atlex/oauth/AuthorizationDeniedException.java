package dev.atlex.oauth;

import dev.atlex.data.internal.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the authorization server redirects the user back without a code, because the user refused, the account is
 * deactivated, or the server can't continue.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749: error response</a>
 */
public final class AuthorizationDeniedException extends OAuthException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 300;

    private final String error;
    private final @Nullable String description;
    private final @Nullable String appState;

    /**
     * Creates the exception.
     *
     * @param error the server's {@code error}, such as {@code access_denied} or {@code login_required}
     * @param description the server's {@code error_description}, or null
     * @param appState the state that the program passed to {@link OAuthClient#authorize}, or null
     */
    public AuthorizationDeniedException(String error, @Nullable String description, @Nullable String appState) {
        super(
                "failed to sign in: the authorization server responds " + Excerpt.line(error, MAX_SHOWN)
                        + (description == null ? "" : ": " + Excerpt.line(description, MAX_SHOWN)),
                null);
        this.error = error;
        this.description = description;
        this.appState = appState;
    }

    /** Returns the server's {@code error}: {@code access_denied} if the user refused. */
    @Override
    public String error() {
        return error;
    }

    /** Returns the server's {@code error_description}, which may be shown to the user, or null. */
    public @Nullable String description() {
        return description;
    }

    /** Returns the state that the program passed to {@link OAuthClient#authorize}, or null. */
    public @Nullable String appState() {
        return appState;
    }
}
