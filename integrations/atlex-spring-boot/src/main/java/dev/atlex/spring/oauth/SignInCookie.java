package dev.atlex.spring.oauth;

import dev.atlex.oauth.Authorization;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * The cookie with the secrets of the sign-ins that a browser has started, latest first. It holds several secrets, so
 * that a user can start sign-ins in several tabs. Other sites and scripts can't read it, and subdomains can't set it.
 */
final class SignInCookie {
    private static final String NAME = "atlex-sign-in";
    private static final int MAX_SECRETS = 4;

    /** The maximum duration of a sign-in, in seconds. */
    private static final int MAX_AGE = 1200;

    private final boolean secure;

    SignInCookie(Site site) {
        this.secure = site.isSecure();
    }

    /**
     * Returns the cookie's name. Browsers accept the prefix {@code __Host-} only for secure cookies set by exactly this
     * host.
     */
    private String name() {
        return secure ? "__Host-" + NAME : NAME;
    }

    /** Returns the secrets, which are untrusted because they come from the browser. */
    List<String> secrets(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name()) && !cookie.getValue().isEmpty()) {
                    List<String> secrets = List.of(cookie.getValue().split("\\.", -1));
                    return secrets.subList(0, Math.min(secrets.size(), MAX_SECRETS));
                }
            }
        }
        return List.of();
    }

    /** Adds the secret of a sign-in. */
    void add(Authorization authorization, HttpServletRequest request, HttpServletResponse response) {
        List<String> secrets = new ArrayList<>(secrets(request));
        secrets.add(0, authorization.browserSecret());
        set(secrets.subList(0, Math.min(secrets.size(), MAX_SECRETS)), response);
    }

    /** Removes the secret of a finished sign-in. */
    void remove(String secret, HttpServletRequest request, HttpServletResponse response) {
        List<String> secrets = new ArrayList<>(secrets(request));
        secrets.remove(secret);
        set(secrets, response);
    }

    private void set(List<String> secrets, HttpServletResponse response) {
        Cookie cookie = new Cookie(name(), String.join(".", secrets));
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge(secrets.isEmpty() ? 0 : MAX_AGE);
        response.addCookie(cookie);
    }
}
