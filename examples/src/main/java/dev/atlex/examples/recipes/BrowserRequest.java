package dev.atlex.examples.recipes;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request to {@link WebSignIn}, with its cookies and its form, and the response to it. */
final class BrowserRequest {
    private final HttpExchange http;
    private final URI site;
    private final String prefix;

    BrowserRequest(HttpExchange http, URI site) {
        this.http = http;
        this.site = site;
        this.prefix = site.getScheme().equals("https") ? "__Host-" : ""; // such cookies need https
    }

    String route() {
        return http.getRequestMethod() + " " + uri().getPath();
    }

    URI uri() {
        return http.getRequestURI();
    }

    boolean isFormOfAnotherSite() {
        return http.getRequestMethod().equals("POST")
                && !site.toString().equals(http.getRequestHeaders().getFirst("Origin"));
    }

    String onlyField() throws IOException {
        String form = new String(http.getRequestBody().readNBytes(4096), StandardCharsets.UTF_8);
        return URLDecoder.decode(form.substring(form.indexOf('=') + 1), StandardCharsets.UTF_8);
    }

    /** Returns the value of a cookie; empty if there is none. */
    String cookie(String name) {
        String start = prefix + name + "=";
        return Stream.of(String.join(";", http.getRequestHeaders().getOrDefault("Cookie", List.of()))
                        .split("; *"))
                .filter(cookie -> cookie.startsWith(start))
                .map(cookie -> cookie.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    /** Sets a cookie that scripts can't read and that forms of other sites don't send. Zero seconds delete it. */
    void setCookie(String name, String value, int seconds) {
        String cookie = prefix + name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds;
        http.getResponseHeaders().add("Set-Cookie", prefix.isEmpty() ? cookie : cookie + "; Secure");
    }

    void redirect(URI target) throws IOException {
        http.getResponseHeaders().set("Location", target.toString());
        respond(303, "text/plain", "");
    }

    /** Shows a page with values, in which HTML is text. */
    void page(int status, String html, @Nullable Object... values) throws IOException {
        Object[] escaped = Arrays.stream(values)
                .map(value -> Objects.toString(value, "").replace("&", "&amp;").replace("<", "&lt;"))
                .toArray();
        respond(status, "text/html; charset=utf-8", "<!doctype html>" + html.formatted(escaped));
    }

    void respond(int status, String type, String body) throws IOException {
        http.getResponseHeaders().set("Content-Type", type);
        http.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        http.sendResponseHeaders(status, 0);
        http.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
