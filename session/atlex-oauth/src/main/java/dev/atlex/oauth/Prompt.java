package dev.atlex.oauth;

import java.util.Locale;

/**
 * A step that the authorization server should require of the user, in addition to the usual steps.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect: prompt</a>
 */
public enum Prompt {
    /** Enter the password again, unless the user has just signed in. */
    LOGIN,
    /** Confirm the scopes again. */
    CONSENT,
    /** Choose an account, even if only one is signed in. */
    SELECT_ACCOUNT,
    /** Create an account. The sign-in starts with a server, since there is no account yet. */
    CREATE,
    /**
     * Ask nothing, and fail with {@code login_required} or {@code consent_required} if a question would be needed. For
     * confidential clients only.
     */
    NONE;

    /** Returns the value of the parameter, in lowercase. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
