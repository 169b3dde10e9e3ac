package dev.atlex.spring.oauth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser with cookies, which doesn't follow redirects. */
final class Browser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI site;
    private final URI publicSite;
    private final Map<String, String> cookies = new ConcurrentSkipListMap<>();

    Browser(URI site) {
        this(site, site);
    }

    /** Creates a browser that reaches a public site through a proxy. */
    Browser(URI site, URI publicSite) {
        this.site = site;
        this.publicSite = publicSite;
    }

    HttpResponse<String> get(String url) {
        return send(page(url));
    }

    HttpRequest.Builder page(String url) {
        return HttpRequest.newBuilder(resolve(url)).header("Accept", "text/html");
    }

    private URI resolve(String url) {
        return URI.create(url.startsWith("/") ? site + url : url.replace(publicSite.toString(), site.toString()));
    }

    /** Sends a form of a page of the site. */
    HttpResponse<String> post(String path, String form) {
        return send(form(path, form).header("Origin", originOf(publicSite)));
    }

    static String originOf(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    HttpRequest.Builder form(String path, String form) {
        return page(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    /** Sends a request. Concurrent requests share the cookies, as the tabs of a browser do. */
    HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response;
        try {
            response = HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        response.headers().allValues("Set-Cookie").forEach(this::set);
        return response;
    }

    private void set(String header) {
        String[] cookie = header.split(";")[0].split("=", 2);
        if (isDeletion(header)) {
            cookies.remove(cookie[0]);
        } else {
            cookies.put(cookie[0], cookie[1]);
        }
    }

    /** Returns whether a header deletes its cookie. Tomcat 11 only writes a time in the past. */
    static boolean isDeletion(String header) {
        return header.contains("Max-Age=0") || header.contains("Expires=Thu, 01 Jan 1970");
    }

    @Nullable
    String cookie(String name) {
        return cookies.get(name);
    }

    Map<String, String> cookies() {
        return cookies;
    }

    void setCookie(String name, String value) {
        cookies.put(name, value);
    }

    static String location(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect: " + response.statusCode() + " " + response.body()));
    }
}
