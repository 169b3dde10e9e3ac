package dev.atlex.testkit.internal.oauth;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates pushed authorization requests with the reference server's rules and error messages. */
final class RequestRules {
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account", "create");

    private RequestRules() {}

    /** Checks the form of the parameters, before the proof and the client are checked. */
    static void checkForm(Map<String, String> parameters) {
        String redirectUri = parameters.get("redirect_uri");
        if (redirectUri != null && redirectUri.startsWith("http://localhost")) {
            throw malformed(
                    "redirect_uri",
                    "Use of \"localhost\" hostname is not allowed (RFC 8252), use a loopback IP such as \"127.0.0.1\""
                            + " instead");
        }
        for (String required : List.of("client_id", "response_type")) {
            if (!parameters.containsKey(required)) {
                throw malformed(required, "Required");
            }
        }
        String method = parameters.get("code_challenge_method");
        if (method != null && !Set.of("S256", "plain").contains(method)) {
            throw malformed("code_challenge_method", "Invalid enum value");
        }
        String prompt = parameters.get("prompt");
        if (prompt != null && !PROMPTS.contains(prompt)) {
            throw malformed("prompt", "Invalid enum value");
        }
        String mode = parameters.get("response_mode");
        if (mode != null && !Set.of("query", "fragment").contains(mode)) {
            throw malformed("response_mode", "Invalid enum value");
        }
    }

    private static OAuthError malformed(String parameter, String problem) {
        return OAuthError.invalidRequest("Invalid authorization request: " + problem + " at body." + parameter);
    }

    /** Validates the parameters and returns them. */
    static Parameters validate(
            Client client, Map<String, String> parameters, PermissionSets sets, @Nullable String thumbprint) {
        for (String unsupported : List.of("claims", "id_token_hint", "nonce")) {
            if (parameters.containsKey(unsupported)) {
                throw OAuthError.invalidRequest("Unsupported \"" + unsupported + "\" parameter");
            }
        }
        String type = String.valueOf(parameters.get("response_type"));
        if (!type.equals("code")) {
            throw OAuthError.of("unsupported_response_type", "Unsupported response_type \"" + type + "\"");
        }
        Set<String> scopes = ScopeSyntax.split(parameters.get("scope"));
        for (String scope : scopes) {
            if (!client.scopes().contains(scope)) {
                throw OAuthError.invalidScope("Scope \"" + scope + "\" is not declared in the client metadata");
            }
        }
        String redirectUri = redirectUri(client, parameters.get("redirect_uri"));
        String challenge = challenge(parameters);
        if (!scopes.contains("atproto")) {
            throw OAuthError.invalidScope("The \"atproto\" scope is required");
        }
        if (!"S256".equals(parameters.get("code_challenge_method"))) {
            throw OAuthError.invalidRequest("atproto requires use of \"S256\" code_challenge_method");
        }
        String prompt = prompt(client, parameters.get("prompt"));
        String hint = loginHint(parameters.get("login_hint"));
        List<String> known = scopes.stream().filter(Permissions::isKnown).toList();
        sets.check(known);
        return new Parameters(
                client.id(),
                redirectUri,
                String.join(" ", known),
                challenge,
                parameters.get("state"),
                parameters.get("response_mode"),
                prompt,
                hint,
                thumbprint);
    }

    private static String redirectUri(Client client, @Nullable String requested) {
        if (requested == null) {
            if (client.redirectUris().size() > 1) {
                throw OAuthError.invalidRequest("redirect_uri is required");
            }
            return client.redirectUris().get(0);
        }
        if (!client.allowsRedirectTo(requested)) {
            throw OAuthError.invalidRequest("Invalid redirect_uri " + requested);
        }
        return requested;
    }

    private static String challenge(Map<String, String> parameters) {
        String challenge = parameters.get("code_challenge");
        if (challenge != null && !challenge.isEmpty()) {
            return challenge;
        }
        throw OAuthError.invalidRequest(
                parameters.containsKey("code_challenge_method")
                        ? "code_challenge is required when code_challenge_method is provided"
                        : "Use of PKCE is required");
    }

    /**
     * Returns the prompt. Public clients always need the user's consent, so that no other program can sign in silently
     * in their name.
     */
    private static @Nullable String prompt(Client client, @Nullable String requested) {
        if (client.confidential() || "create".equals(requested)) {
            return requested;
        }
        if ("none".equals(requested)) {
            throw OAuthError.invalidRequest("Public clients are not allowed to use silent-sign-on");
        }
        return "consent";
    }

    private static @Nullable String loginHint(@Nullable String requested) {
        if (requested == null) {
            return null;
        }
        String hint = requested.toLowerCase(Locale.ROOT);
        if (!Did.isValid(hint) && !Handle.isValid(hint)) {
            throw OAuthError.invalidRequest("Invalid login_hint \"" + hint + "\"");
        }
        return hint;
    }
}
