package dev.atlex.spring.oauth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser with cookies, which doesn't follow redirects. */
final class Browser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI site;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(URI site) {
        this.site = site;
    }

    URI site() {
        return site;
    }

    HttpResponse<String> get(String url) {
        return send(page(url));
    }

    HttpRequest.Builder page(String url) {
        return HttpRequest.newBuilder(resolve(url)).header("Accept", "text/html");
    }

    private URI resolve(String url) {
        return url.startsWith("/") ? URI.create(site + url) : URI.create(url);
    }

    /** Sends a form of a page of the site. */
    HttpResponse<String> post(String path, String form) {
        return send(form(path, form).header("Origin", originOf(site)));
    }

    static String originOf(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    HttpRequest.Builder form(String path, String form) {
        return page(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
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
        if (header.contains("Max-Age=0")) {
            cookies.remove(cookie[0]);
        } else {
            cookies.put(cookie[0], cookie[1]);
        }
    }

    @Nullable
    String cookie(String name) {
        return cookies.get(name);
    }

    void setCookie(String name, String value) {
        cookies.put(name, value);
    }

    void removeCookie(String name) {
        cookies.remove(name);
    }

    static String location(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect: " + response.statusCode() + " " + response.body()));
    }
}
