package dev.atlex.spring.oauth;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * Protects the cookie of the HTTP session, which signs the user in: {@code HttpOnly}, {@code SameSite=Lax} unless the
 * application sets a different value, and {@code Secure} for a published site, even if a proxy terminates TLS.
 */
final class HttpSessionCookie implements ServletContextInitializer {
    private static final String SAME_SITE = "SameSite";

    private final Site site;
    private final boolean ownSameSite;

    /**
     * Creates the initializer.
     *
     * @param ownSameSite whether the application sets {@code SameSite}, which Spring Boot does in another way
     */
    HttpSessionCookie(Site site, boolean ownSameSite) {
        this.site = site;
        this.ownSameSite = ownSameSite;
    }

    @Override
    public void onStartup(ServletContext context) {
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        cookie.setHttpOnly(true);
        if (site.isSecure()) {
            cookie.setSecure(true);
        }
        if (!ownSameSite && cookie.getAttribute(SAME_SITE) == null) {
            cookie.setAttribute(SAME_SITE, "Lax");
        }
    }
}
