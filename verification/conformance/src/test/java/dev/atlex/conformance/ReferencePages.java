package dev.atlex.conformance;

import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Uses the authorization pages of the reference PDS without a browser: sends the same requests as the pages' scripts,
 * with the headers that the PDS requires from browsers. Each authorization starts without cookies, as a new browser
 * does.
 */
public final class ReferencePages {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI issuer;

    /** @param issuer the issuer of the authorization server */
    public ReferencePages(URI issuer) {
        this.issuer = issuer;
    }

    /**
     * Signs in and grants the request.
     *
     * @param scopes the scopes to grant, or null for all
     * @return the URI of the callback
     */
    public URI authorizeOverHttp(URI url, TestAccount account, @Nullable String scopes) {
        Visit visit = new Visit(url);
        URI ended = visit.open();
        if (ended != null) {
            return ended;
        }
        Map<String, @Nullable Object> signedIn = visit.call(
                "sign-in",
                Map.of("locale", "en", "username", account.handle(), "password", account.password(), "remember", false),
                null);
        Map<String, Object> consent = new LinkedHashMap<>();
        consent.put("did", account.did().toString());
        if (scopes != null) {
            consent.put("scope", scopes);
        }
        return visit.leave(visit.call("consent", consent, Json.string(signedIn, "ephemeralToken")));
    }

    /** Denies the request. Returns the URI of the callback. */
    URI denyOverHttp(URI url) {
        Visit visit = new Visit(url);
        URI ended = visit.open();
        return ended == null ? visit.leave(visit.call("reject", Map.of(), null)) : ended;
    }

    /** One visit to the authorization pages. */
    private final class Visit {
        private final Map<String, String> cookies = new LinkedHashMap<>();
        private final URI url;

        Visit(URI url) {
            this.url = url;
        }

        /**
         * Opens the first page. Returns the URI of the callback if the server redirects there immediately, otherwise
         * null.
         */
        @Nullable
        URI open() {
            HttpResponse<String> page = send(navigation(url, "none"));
            return page.statusCode() == 303 ? location(page) : requireOk(page, null);
        }

        /** Follows the link that ends the visit. */
        URI leave(Map<String, @Nullable Object> answer) {
            URI next = URI.create(Json.string(answer, "url"));
            return location(send(navigation(next, "same-origin").header("Referer", url.toString())));
        }

        Map<String, @Nullable Object> call(String name, Map<String, ?> body, @Nullable String bearer) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            issuer.resolve("/@atproto/oauth-provider/~api/" + name))
                    .header("Content-Type", "application/json")
                    .header("Origin", issuer.toString())
                    .header("Referer", url.toString())
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("Sec-Fetch-Mode", "same-origin")
                    .header("Sec-Fetch-Dest", "empty")
                    .header("X-CSRF-Token", String.valueOf(cookies.get("csrf-token")))
                    .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
            if (bearer != null) {
                request.header("Authorization", "Bearer " + bearer);
            }
            HttpResponse<String> response = send(request);
            return requireOk(response, Json.object(response.body()));
        }

        private HttpRequest.Builder navigation(URI to, String site) {
            return HttpRequest.newBuilder(to)
                    .header("Sec-Fetch-Site", site)
                    .header("Sec-Fetch-Mode", "navigate")
                    .header("Sec-Fetch-Dest", "document");
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            request.header("User-Agent", BROWSER).timeout(CALL_LIMIT);
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
            }
            HttpResponse<String> response = exchange(request.build());
            for (String cookie : response.headers().allValues("Set-Cookie")) {
                List<String> pair = List.of(cookie.split(";", 2)[0].split("=", 2));
                cookies.put(pair.get(0), pair.get(1));
            }
            return response;
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().getPath() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted during " + request.uri().getPath(), e);
        }
    }

    private static URI location(HttpResponse<String> response) {
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(failure(response))));
    }

    private static <T extends @Nullable Object> T requireOk(HttpResponse<String> response, T result) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(failure(response));
        }
        return result;
    }

    private static String failure(HttpResponse<String> response) {
        return response.uri().getPath() + " returned status " + response.statusCode() + ": " + response.body();
    }
}
