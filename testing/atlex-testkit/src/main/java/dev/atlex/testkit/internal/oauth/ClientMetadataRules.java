package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads client metadata with the reference server's rules and error messages. */
final class ClientMetadataRules {
    private static final Set<String> LOCAL = Set.of("test", "local", "localhost", "invalid", "example");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    private final String clientId;
    private final LexMap metadata;
    private final boolean discoverable;

    private ClientMetadataRules(String clientId, LexMap metadata, boolean discoverable) {
        this.clientId = clientId;
        this.metadata = metadata;
        this.discoverable = discoverable;
    }

    /**
     * @param discoverable whether the metadata comes from the URL that is the client's ID, rather than from the ID
     *     itself
     */
    static Client read(String clientId, LexMap metadata, boolean discoverable) {
        return new ClientMetadataRules(clientId, metadata, discoverable).client();
    }

    static boolean isLocal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.indexOf('.') < 0 || LOCAL.contains(lower.substring(lower.lastIndexOf('.') + 1));
    }

    private Client client() {
        if (metadata.containsKey("jwks") && metadata.containsKey("jwks_uri")) {
            throw OAuthError.invalidMetadata("jwks_uri and jwks are mutually exclusive");
        }
        Set<String> scopes = scopes();
        Set<String> grantTypes = grantTypes();
        String declared = metadata.getString("client_id");
        if (declared != null && !declared.equals(clientId)) {
            throw OAuthError.invalidMetadata("client_id does not match");
        }
        List<ClientKey> keys = keys();
        boolean confidential = isConfidential(keys);
        if (!Boolean.TRUE.equals(metadata.getBoolean("dpop_bound_access_tokens"))) {
            throw OAuthError.invalidMetadata("\"dpop_bound_access_tokens\" must be true");
        }
        if (!strings("response_types", "code").contains("code")) {
            throw OAuthError.invalidMetadata("response_types must include \"code\"");
        }
        List<String> redirectUris = strings("redirect_uris", null);
        if (redirectUris.isEmpty()) {
            throw OAuthError.invalidMetadata("At least one redirect_uri is required");
        }
        boolean isNative = "native".equals(metadata.getString("application_type"));
        if (isNative && confidential) {
            throw OAuthError.invalidMetadata("Native clients must authenticate using \"none\" method");
        }
        redirectUris.forEach(uri -> checkRedirectUri(uri, isNative));
        if (discoverable && declared == null) {
            throw OAuthError.invalidMetadata("client_id is required for discoverable clients");
        }
        String name = metadata.getString("client_name");
        return new Client(
                clientId,
                name == null || name.isBlank() ? clientId : name,
                scopes,
                redirectUris,
                grantTypes,
                confidential,
                keys);
    }

    private Set<String> scopes() {
        String scope = metadata.getString("scope");
        if (scope == null) {
            throw OAuthError.invalidMetadata("Missing scope property");
        }
        List<String> scopes = Arrays.asList(scope.split(" ", -1));
        if (!scopes.contains("atproto")) {
            throw OAuthError.invalidMetadata("Missing \"atproto\" scope");
        }
        return distinct(scopes, "scope");
    }

    private Set<String> grantTypes() {
        List<String> grantTypes = strings("grant_types", "authorization_code");
        for (String type : grantTypes) {
            if (type.equals("implicit")) {
                throw OAuthError.invalidMetadata("Grant type \"implicit\" is not allowed");
            }
            if (!Set.of("authorization_code", "refresh_token").contains(type)) {
                throw OAuthError.invalidMetadata("Grant type \"" + type + "\" is not supported");
            }
        }
        if (!grantTypes.contains("authorization_code")) {
            throw OAuthError.invalidMetadata(
                    "The \"code\" response type requires that \"grant_types\" contains \"authorization_code\"");
        }
        return distinct(grantTypes, "grant type");
    }

    private static Set<String> distinct(List<String> values, String what) {
        for (String value : values) {
            if (Collections.frequency(values, value) > 1) {
                throw OAuthError.invalidMetadata("Duplicate " + what + " \"" + value + "\"");
            }
        }
        return new LinkedHashSet<>(values);
    }

    private boolean isConfidential(List<ClientKey> keys) {
        String method = metadata.getString("token_endpoint_auth_method");
        boolean hasAlgorithm = metadata.containsKey("token_endpoint_auth_signing_alg");
        if ("none".equals(method)) {
            if (hasAlgorithm) {
                throw OAuthError.invalidMetadata(
                        "token_endpoint_auth_method \"none\" must not have token_endpoint_auth_signing_alg");
            }
            return false;
        }
        if (!"private_key_jwt".equals(method)) {
            throw OAuthError.invalidMetadata("Unsupported client authentication method \""
                    + (method == null ? "client_secret_basic" : method)
                    + "\". Make sure \"token_endpoint_auth_method\" is set to one of: \"none\", \"private_key_jwt\"");
        }
        if (metadata.containsKey("jwks_uri")) {
            throw OAuthError.invalidMetadata("LocalPds does not fetch jwks_uri: put the keys into jwks");
        }
        if (!metadata.containsKey("jwks")) {
            throw OAuthError.invalidMetadata("private_key_jwt auth method requires jwks or jwks_uri");
        }
        if (keys.isEmpty()) {
            throw OAuthError.invalidMetadata("private_key_jwt auth method requires at least one key in jwks");
        }
        if (!hasAlgorithm) {
            throw OAuthError.invalidMetadata("Missing token_endpoint_auth_signing_alg client metadata");
        }
        return true;
    }

    /** Returns the public keys that have an ID. Like the reference server, ignores other keys. */
    private List<ClientKey> keys() {
        LexMap jwks = metadata.getMap("jwks");
        LexArray listed = jwks == null ? null : jwks.getArray("keys");
        List<ClientKey> keys = new ArrayList<>();
        for (LexValue value : listed == null ? LexArray.of() : listed) {
            String kid = value instanceof LexMap jwk ? jwk.getString("kid") : null;
            if (kid != null && value instanceof LexMap jwk) {
                try {
                    keys.add(new ClientKey(kid, P256PublicKey.fromJwk(jwk)));
                } catch (CryptoException e) {
                    // A private key, or a key for an algorithm other than ES256.
                }
            }
        }
        return keys;
    }

    private void checkRedirectUri(String text, boolean isNative) {
        URI uri = parsed(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        String host = uri.getHost() == null ? "" : uri.getHost();
        if (uri.getRawUserInfo() != null) {
            throw invalidRedirect("Redirect URI " + text + " must not contain credentials");
        }
        if (host.equals("localhost")) {
            throw invalidRedirect("Loopback redirect URI " + text + " is not allowed (use explicit IPs instead)");
        }
        if (LOOPBACK.contains(host)) {
            if (!isNative) {
                throw invalidRedirect("Loopback redirect URIs are only allowed for native apps");
            }
            if (!scheme.equals("http")) {
                throw invalidRedirect("Loopback redirect URI " + text + " must use HTTP");
            }
        } else if (scheme.equals("http")) {
            throw invalidRedirect("Only loopback redirect URIs are allowed to use the \"http\" scheme");
        } else if (scheme.equals("https")) {
            if (isLocal(host)) {
                throw invalidRedirect("Redirect URI \"" + text + "\"'s domain name must not be a local hostname");
            }
        } else if (scheme.indexOf('.') > 0) {
            checkPrivateUse(uri, text, isNative);
        } else {
            throw invalidRedirect("Invalid redirect URI scheme \"" + scheme + ":\"");
        }
    }

    /** Checks a URI with a scheme such as {@code com.example.app}, which opens a native application. */
    private void checkPrivateUse(URI uri, String text, boolean isNative) {
        if (!isNative) {
            throw invalidRedirect("Private-Use URI Scheme redirect URI are only allowed for native apps");
        }
        if (uri.getRawSchemeSpecificPart().startsWith("//") || !text.contains(":/")) {
            throw invalidRedirect("Private-Use URI Scheme must be in the form <scheme>:/{path} (notice the single"
                    + " slash!) as per RFC 8252");
        }
        String host = parsed(clientId).getHost();
        List<String> labels = new ArrayList<>(Arrays.asList((host == null ? "" : host).split("\\.")));
        Collections.reverse(labels);
        String expected = String.join(".", labels);
        if (discoverable && !expected.equals(uri.getScheme())) {
            throw invalidRedirect("Private-Use URI Scheme redirect URI, for discoverable client metadata, must be the"
                    + " fully qualified domain name (FQDN) of the client_id, in reverse order (" + expected + ":)");
        }
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalidRedirect("Invalid redirect URI");
        }
    }

    private static OAuthError invalidRedirect(String description) {
        return OAuthError.of("invalid_redirect_uri", description);
    }

    private List<String> strings(String field, @Nullable String byDefault) {
        LexArray values = metadata.getArray(field);
        if (values == null) {
            return byDefault == null ? List.of() : List.of(byDefault);
        }
        List<String> strings = new ArrayList<>();
        for (LexValue value : values) {
            if (value instanceof LexString string) {
                strings.add(string.value());
            }
        }
        return strings;
    }
}
