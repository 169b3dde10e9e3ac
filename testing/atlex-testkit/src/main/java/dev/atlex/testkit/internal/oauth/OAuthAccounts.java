package dev.atlex.testkit.internal.oauth;

import org.jspecify.annotations.Nullable;

/** The accounts on the server, as the authorization server uses them. Called with the server's lock held. */
public interface OAuthAccounts {
    /**
     * Checks a password.
     *
     * @param identifier a handle, DID or email address
     * @throws OAuthError if the sign-in is rejected
     */
    OAuthAccount signIn(String identifier, String password);

    /**
     * Creates an account.
     *
     * @throws OAuthError if the handle, the email address or the password is rejected
     */
    OAuthAccount create(String handle, String email, String password);

    /** Returns the account, or null if it doesn't exist or was taken down. */
    @Nullable
    OAuthAccount find(String did);
}
