package dev.atlex.spring.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of this site. For a published site, they come only from its configuration, never from a request. So forged
 * {@code Host} and {@code X-Forwarded-*} headers have no effect, and proxies need no special setup. In development, the
 * site is http://127.0.0.1 with the port of the request.
 */
final class Site {
    private static final String LOOPBACK = "http://127.0.0.1";
    private static final int HTTP = 80;
    private static final String SAFE_METHODS = " GET HEAD OPTIONS TRACE ";

    private final @Nullable URI url;
    private final String loopbackPath;
    private final String servletPath;
    private final String callbackPath;
    private final Set<String> allowedOrigins;

    private Site(
            @Nullable URI url,
            String loopbackPath,
            String servletPath,
            String callbackPath,
            Set<String> allowedOrigins) {
        this.url = url;
        this.loopbackPath = loopbackPath;
        this.servletPath = servletPath;
        this.callbackPath = callbackPath;
        this.allowedOrigins = allowedOrigins;
    }

    /**
     * Returns the site.
     *
     * @param contextPath the path of the application in development, such as {@code /app}, or empty
     * @param servletPath the path of Spring's servlet in the application, or empty
     * @throws IllegalStateException if a URL or a path is invalid
     */
    static Site of(AtlexOAuthProperties properties, String contextPath, String servletPath) {
        Set<String> paths = new HashSet<>();
        for (String[] path : List.of(
                new String[] {"login-path", properties.loginPath()},
                new String[] {"callback-path", properties.callbackPath()},
                new String[] {"logout-path", properties.logoutPath()},
                new String[] {"metadata-path", properties.metadataPath()},
                new String[] {"jwks-path", properties.jwksPath()})) {
            checkPath(path[0], path[1]);
            if (!paths.add(path[1])) {
                throw ClientSettings.invalid(path[0], "is the path of another endpoint (got \"" + path[1] + "\")");
            }
        }
        checkDuration("maintain-every", properties.maintainEvery(), Duration.ofSeconds(1));
        checkDuration("idle-limit", properties.idleLimit(), Duration.ofDays(1));
        checkPage("sign-in-page", properties.signInPage());
        checkPage("after-login", properties.afterLogin());
        checkPage("after-logout", properties.afterLogout());
        Set<String> origins = new HashSet<>();
        properties.allowedOrigins().forEach(origin -> origins.add(origin(origin)));
        return new Site(
                url(properties.siteUrl()),
                contextPath + servletPath,
                servletPath,
                properties.callbackPath(),
                Set.copyOf(origins));
    }

    private static void checkPath(String property, String path) {
        if (!path.matches("/[A-Za-z0-9._~/-]+") || path.contains("//")) {
            throw ClientSettings.invalid(property, "expected a path such as /oauth/login (got \"" + path + "\")");
        }
    }

    private static void checkDuration(String property, Duration duration, Duration least) {
        if (duration.compareTo(least) < 0) {
            throw ClientSettings.invalid(property, "expected at least " + least + " (got " + duration + ")");
        }
    }

    private static void checkPage(String property, String page) {
        if (!isLocal(page)) {
            throw ClientSettings.invalid(
                    property, "expected a path of this site, which begins with a slash" + got(page));
        }
    }

    private static @Nullable URI url(@Nullable URI configured) {
        if (configured == null) {
            return null;
        }
        String path = configured.getRawPath();
        boolean plain = configured.getRawQuery() == null
                && configured.getRawFragment() == null
                && configured.getRawUserInfo() == null;
        if (!"https".equalsIgnoreCase(configured.getScheme()) || configured.getHost() == null || !plain) {
            throw ClientSettings.invalid(
                    "site-url",
                    "expected an https URL such as https://app.example.com; leave it out in development"
                            + got(configured.toString()));
        }
        String base = path == null || path.equals("/") ? "" : path.replaceAll("/+$", "");
        return URI.create("https://" + configured.getRawAuthority().toLowerCase(Locale.ROOT) + base);
    }

    private static String origin(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && originOf(uri).equalsIgnoreCase(text)) {
                return originOf(uri).toLowerCase(Locale.ROOT);
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw ClientSettings.invalid(
                "allowed-origins", "expected origins such as https://admin.example.com" + got(text));
    }

    /** Returns the end of a message with a configured value, or nothing if it may contain a password. */
    private static String got(String value) {
        return value.contains("@") ? "" : " (got \"" + value + "\")";
    }

    private static String originOf(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Returns the public URL without a trailing slash, or null in development. */
    @Nullable
    URI url() {
        return url;
    }

    /** Returns the absolute URL of a path of the published site. */
    URI resolve(String path) {
        return URI.create(url + path);
    }

    /** Returns the redirect URI of the client in development. It has no port, so servers accept any. */
    URI loopbackRedirect() {
        return URI.create(LOOPBACK + loopbackPath + callbackPath);
    }

    /** Returns the redirect URI for a sign-in that a request starts. */
    URI redirectUri(HttpServletRequest request) {
        return URI.create(base(request) + callbackPath);
    }

    /** Returns the absolute URL of a page, which may have a query. */
    String page(HttpServletRequest request, String page) {
        return base(request) + page;
    }

    /** Returns the path of a page as the server sees it. Behind a proxy, it may differ from the public path. */
    String internalPath(HttpServletRequest request, String page) {
        int query = page.indexOf('?');
        return request.getContextPath() + servletPath + (query < 0 ? page : page.substring(0, query));
    }

    /** Returns the requested page, to show it after the sign-in; null if its URL is unusual. */
    @Nullable
    String requestedPage(HttpServletRequest request) {
        String prefix = request.getContextPath() + servletPath;
        String query = request.getQueryString();
        String uri = request.getRequestURI() + (query == null ? "" : "?" + query);
        String page = uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
        return isLocal(page) ? page : null;
    }

    private String base(HttpServletRequest request) {
        return url != null ? url.toString() : loopback(request) + loopbackPath;
    }

    /** Returns the same URL at 127.0.0.1 if a browser in development uses a different name of this machine, or null. */
    @Nullable
    String atLoopback(HttpServletRequest request) {
        if (url != null || !request.getServerName().equalsIgnoreCase("localhost")) {
            return null;
        }
        String query = request.getQueryString();
        return loopback(request) + request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** Returns the origin in development, as browsers write it. */
    private static String loopback(HttpServletRequest request) {
        return request.getServerPort() == HTTP ? LOOPBACK : LOOPBACK + ":" + request.getServerPort();
    }

    /** Returns whether cookies can be restricted to https. */
    boolean isSecure() {
        return url != null;
    }

    /**
     * Checks that a state-changing request was sent by a page of this site. Browsers send {@code Origin} with each
     * POST, and scripts can't change it. It is {@code null} for pages with a strict referrer policy; then
     * {@code Sec-Fetch-Site} decides.
     *
     * @throws CrossSiteRequestException if another site, or an unknown one, sent it
     */
    void checkSameSite(HttpServletRequest request) {
        if (SAFE_METHODS.contains(" " + request.getMethod() + " ")) {
            return;
        }
        String expected = originOf(URI.create(base(request)));
        String origin = request.getHeader("Origin");
        boolean accepted = origin == null || origin.equals("null")
                ? "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                : origin.equalsIgnoreCase(expected) || allowedOrigins.contains(origin.toLowerCase(Locale.ROOT));
        if (!accepted) {
            throw new CrossSiteRequestException(request.getMethod() + " request: expected the origin " + expected
                    + " (got " + (origin == null ? "none" : shown(origin)) + ")");
        }
    }

    /** Returns an origin for a message, unless it contains more than a scheme, a host and a port. */
    private static String shown(String origin) {
        return origin.matches("[A-Za-z0-9.:/\\[\\]-]{1,200}") ? origin : "an invalid one";
    }

    /** Returns whether a page is a path of this site. {@code //host} and {@code /\host} are other sites to browsers. */
    static boolean isLocal(String page) {
        if (!page.startsWith("/") || page.startsWith("//") || page.length() > 2000) {
            return false;
        }
        for (int i = 0; i < page.length(); i++) {
            char c = page.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
                return false;
            }
        }
        try {
            URI uri = new URI(page);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Site[" + (url == null ? LOOPBACK + loopbackPath : url) + "]";
    }
}
