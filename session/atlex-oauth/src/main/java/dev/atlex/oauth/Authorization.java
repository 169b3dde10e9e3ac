package dev.atlex.oauth;

import java.net.URI;
import java.time.Instant;

/**
 * A sign-in that is waiting for the user. Send the user's browser to {@link #url()}; in a web application, set a cookie
 * with the {@link #browserSecret()} in the same response.
 */
public final class Authorization {
    private final URI url;
    private final URI redirectUri;
    private final String browserSecret;
    private final String state;
    private final Instant expiresAt;

    Authorization(URI url, URI redirectUri, String browserSecret, String state, Instant expiresAt) {
        this.url = url;
        this.redirectUri = redirectUri;
        this.browserSecret = browserSecret;
        this.state = state;
        this.expiresAt = expiresAt;
    }

    /** Returns the URL of the authorization server's page. It can be opened once, in one browser, within 5 minutes. */
    public URI url() {
        return url;
    }

    /** Returns the URI to which the server redirects the browser after the sign-in. */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Returns a secret for the browser that starts the sign-in. Set it as a cookie that only this site, and no script,
     * can read. Pass it to {@link OAuthClient#callback}. It proves that the callback comes from the same browser.
     *
     * <pre>
     * Set-Cookie: __Host-oauth=SECRET; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=1200
     * </pre>
     */
    public String browserSecret() {
        return browserSecret;
    }

    /** Returns the time by which the sign-in has to be finished. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Returns the parameter {@code state} of the callback, a secret. */
    String state() {
        return state;
    }

    /** Returns the authorization URL and the redirect URI, without secrets. */
    @Override
    public String toString() {
        return "Authorization[" + url.getScheme() + "://" + url.getRawAuthority() + ", redirectUri=" + redirectUri
                + ", expiresAt=" + expiresAt + "]";
    }
}
