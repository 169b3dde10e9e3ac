package dev.atlex.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.Query;
import dev.atlex.testkit.internal.Request;
import dev.atlex.testkit.internal.Response;
import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint, whose pages users see in their browsers. Each form identifies its request and carries the
 * browser's token, so that other sites can't submit it. Guarded by the server's lock.
 */
final class SignInPages {
    static final String PATH = "/oauth/authorize";

    private static final String COOKIE = "dev-id";

    private final OAuthSettings settings;
    private final OAuthAccounts accounts;
    private final Clients clients;
    private final AuthorizationRequests requests;
    private final SilentSignIn silent;
    private final String issuer;
    private final Map<String, Device> devices = new HashMap<>();

    SignInPages(
            OAuthSettings settings,
            OAuthAccounts accounts,
            Clients clients,
            AuthorizationRequests requests,
            SilentSignIn silent,
            String issuer) {
        this.settings = settings;
        this.accounts = accounts;
        this.clients = clients;
        this.requests = requests;
        this.silent = silent;
        this.issuer = issuer;
    }

    void clear() {
        devices.clear();
        silent.clear();
    }

    @Nullable
    Response respond(Request request) {
        try {
            return switch (request.method()) {
                case "GET" -> open(request);
                case "POST" -> submit(request);
                default -> null;
            };
        } catch (AuthorizationDenied e) {
            return redirect(denied(e));
        } catch (OAuthError e) {
            return Html.error(e.description);
        }
    }

    private Response open(Request request) {
        expect(request, "sec-fetch-site", Set.of("same-origin", "same-site", "cross-site", "none"));
        expect(request, "sec-fetch-mode", Set.of("navigate"));
        expect(request, "sec-fetch-dest", Set.of("document"));
        checkOrigin(request);
        Device known = device(request);
        Device device = known == null ? new Device() : known;
        Map<String, String> query = Forms.first(new Query(request.query()));
        Html.Context context = context(query, device);
        devices.put(device.id, device);
        URI callback = signInSilently(context);
        Response response = callback != null ? redirect(callback) : firstPage(context);
        return known != null
                ? response
                : response.with("set-cookie", COOKIE + "=" + device.id + "; Path=" + PATH + "; HttpOnly; SameSite=Lax");
    }

    private static void expect(Request request, String header, Set<String> values) {
        String value = request.header(header);
        if (value == null || !values.contains(value)) {
            throw OAuthError.invalidRequest(
                    value == null
                            ? "Missing " + header + " header"
                            : "Forbidden " + header + " header \"" + value + "\"");
        }
    }

    private void checkOrigin(Request request) {
        String origin = request.header("origin");
        if (origin != null && !origin.equals(issuer)) {
            throw OAuthError.invalidRequest("Invalid origin " + origin);
        }
    }

    private @Nullable Device device(Request request) {
        String cookies = request.header("cookie");
        for (String cookie : cookies == null ? new String[0] : cookies.split(";", -1)) {
            int equals = cookie.indexOf('=');
            if (equals > 0 && cookie.substring(0, equals).strip().equals(COOKIE)) {
                return devices.get(cookie.substring(equals + 1).strip());
            }
        }
        return null;
    }

    private Html.Context context(Map<String, String> parameters, Device device) {
        String clientId = parameters.get("client_id");
        String requestUri = parameters.get("request_uri");
        if (clientId == null || requestUri == null) {
            throw OAuthError.invalidRequest("Invalid request parameters: client_id and request_uri are required");
        }
        Client client = clients.get(clientId);
        return new Html.Context(client, requests.open(requestUri, clientId, device.id), device);
    }

    /** Returns the URI to redirect to if no page is needed, or null. */
    private @Nullable URI signInSilently(Html.Context context) {
        try {
            OAuthAccount account = silent.account(context);
            return account == null ? null : granted(context, account, null);
        } catch (AuthorizationDenied e) {
            requests.remove(context.request());
            throw e;
        }
    }

    private Response firstPage(Html.Context context) {
        Parameters parameters = context.request().parameters;
        String prompt = String.valueOf(parameters.prompt());
        String hint = parameters.loginHint() == null ? "" : parameters.loginHint();
        if (prompt.equals("create")) {
            return Html.signUp(context, "", "", null);
        }
        List<OAuthAccount> remembered = prompt.equals("login") ? List.of() : silent.remembered(context.device());
        for (OAuthAccount account : remembered) {
            if (!prompt.equals("select_account") && SilentSignIn.matches(account, hint)) {
                return consentPage(context, account);
            }
        }
        return Html.signIn(context, hint, remembered, null);
    }

    private static Response consentPage(Html.Context context, OAuthAccount account) {
        context.request().signedIn = account.did();
        return Html.consent(
                context, account, ScopeSyntax.split(context.request().parameters.scope()));
    }

    private Response submit(Request request) {
        checkOrigin(request);
        String site = request.header("sec-fetch-site");
        if (site != null && !site.equals("same-origin")) {
            throw OAuthError.invalidRequest("Forbidden sec-fetch-site header \"" + site + "\"");
        }
        Map<String, String> form = Forms.parameters(request);
        Device device = device(request);
        if (device == null || !device.csrfToken.equals(form.get("csrf_token"))) {
            throw OAuthError.invalidRequest("Invalid CSRF token");
        }
        Html.Context context = context(form, device);
        String action = form.getOrDefault("action", "");
        return switch (action) {
            case "sign-in" -> signIn(context, form);
            case "sign-up" -> signUp(context, form);
            case "continue" -> proceed(context, form.getOrDefault("did", ""));
            case "switch" -> Html.signIn(context, "", silent.remembered(device), null);
            case "consent" -> consent(context, Set.copyOf(new Query(new String(request.body(), UTF_8)).all("scope")));
            case "deny" -> redirect(deny(context));
            default -> throw OAuthError.invalidRequest("Unknown action \"" + action + "\"");
        };
    }

    private Response signIn(Html.Context context, Map<String, String> form) {
        String username = form.getOrDefault("username", "");
        try {
            OAuthAccount account = account(username, form.getOrDefault("password", ""));
            if (form.containsKey("remember")) {
                silent.remember(context.device(), account);
            }
            return consentPage(context, account);
        } catch (OAuthError e) {
            return Html.signIn(context, username, silent.remembered(context.device()), e.description);
        }
    }

    private Response signUp(Html.Context context, Map<String, String> form) {
        String handle = form.getOrDefault("handle", "");
        String email = form.getOrDefault("email", "");
        try {
            return consentPage(context, accounts.create(handle, email, form.getOrDefault("password", "")));
        } catch (OAuthError e) {
            return Html.signUp(context, handle, email, e.description);
        }
    }

    /** Returns the account that signs in: the one with the password, or the one in the settings. */
    private OAuthAccount account(String identifier, String password) {
        OAuthAccount account = accounts.signIn(identifier, password);
        String other = settings.signInAs;
        OAuthAccount replacement = other == null ? null : accounts.find(other);
        return replacement == null ? account : replacement;
    }

    private Response proceed(Html.Context context, String did) {
        for (OAuthAccount account : silent.remembered(context.device())) {
            if (account.did().equals(did)) {
                return consentPage(context, account);
            }
        }
        return Html.signIn(context, "", List.of(), "Sign in again");
    }

    private Response consent(Html.Context context, Set<String> scopes) {
        String did = context.request().signedIn;
        OAuthAccount account = did == null ? null : accounts.find(did);
        return account == null
                ? Html.signIn(context, "", List.of(), "Sign in again")
                : redirect(granted(context, account, scopes));
    }

    private URI granted(Html.Context context, OAuthAccount account, @Nullable Set<String> scopes) {
        AuthorizationRequest request = context.request();
        String code = requests.grant(request, account, scopes);
        silent.granted(account, request.parameters);
        return callback(request.parameters, Map.of("code", code));
    }

    private URI deny(Html.Context context) {
        requests.remove(context.request());
        return denied(AuthorizationDenied.access(context.request().parameters, "The user rejected the request"));
    }

    private URI denied(AuthorizationDenied denial) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", denial.error);
        error.put("error_description", denial.description);
        return callback(denial.parameters, error);
    }

    private URI callback(Parameters parameters, Map<String, String> result) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("iss", issuer);
        if (parameters.state() != null) {
            all.put("state", parameters.state());
        }
        all.putAll(result);
        StringBuilder uri = new StringBuilder(parameters.redirectUri());
        String separator = "fragment".equals(parameters.responseMode()) ? "#" : uri.indexOf("?") < 0 ? "?" : "&";
        for (Map.Entry<String, String> entry : all.entrySet()) {
            uri.append(separator).append(entry.getKey()).append('=').append(URLEncoder.encode(entry.getValue(), UTF_8));
            separator = "&";
        }
        return URI.create(uri.toString());
    }

    private static Response redirect(URI callback) {
        return new Response(303, new byte[0])
                .with("location", callback.toString())
                .with("cache-control", "no-store");
    }

    /** Authorizes a request like a user whose browser remembers nothing. */
    URI authorize(URI url, String identifier, String password) {
        return inFreshBrowser(url, context -> {
            URI callback = signInSilently(context);
            return callback != null ? callback : granted(context, account(identifier, password), null);
        });
    }

    /** Refuses a request in a browser that remembers nothing. */
    URI deny(URI url) {
        return inFreshBrowser(url, this::deny);
    }

    @FunctionalInterface
    private interface User {
        URI act(Html.Context context);
    }

    private URI inFreshBrowser(URI url, User user) {
        String query = url.getRawQuery();
        if (query == null || !url.toString().startsWith(issuer + PATH + "?")) {
            throw new IllegalArgumentException(
                    "authorize: expected a URL that starts with " + issuer + PATH + "? (got \"" + url + "\")");
        }
        try {
            return user.act(context(Forms.first(new Query(query)), new Device()));
        } catch (AuthorizationDenied e) {
            return denied(e);
        } catch (OAuthError e) {
            throw new IllegalArgumentException("authorize: " + e.description, e);
        }
    }
}
