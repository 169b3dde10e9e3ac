package dev.atlex.oauth;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a client's metadata, checked before a server sees it. They come from the specification and from the
 * reference provider. The reference provider is less strict in some respects: it accepts a {@code client_id} with a
 * port and a document without the grant {@code refresh_token}, whose sessions would end with their first access token.
 *
 * @see <a href="https://atproto.com/specs/oauth#client-id-metadata-document">AT Protocol: client metadata</a>
 */
final class ClientMetadataRules {
    static final String NONE = "none";
    static final String PRIVATE_KEY_JWT = "private_key_jwt";
    static final String NATIVE = "native";
    static final String WEB = "web";

    /** Fields of OpenID Connect and mutual TLS that the reference provider refuses. */
    private static final List<String> UNSUPPORTED = List.of(
            "default_max_age",
            "userinfo_signed_response_alg",
            "userinfo_encrypted_response_alg",
            "id_token_signed_response_alg",
            "authorization_encrypted_response_enc");

    /** Fields that Atlex doesn't use, but whose types servers check. */
    private static final List<String> OTHER_STRINGS = List.of(
            "client_name",
            "request_object_signing_alg",
            "authorization_signed_response_alg",
            "authorization_encrypted_response_alg");

    private static final List<String> OTHER_BOOLEANS =
            List.of("require_auth_time", "tls_client_certificate_bound_access_tokens");

    private static final List<String> LINKS = List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(?:\\.[^@\\s.]+)+");

    /** Members of a JWK that only a private or symmetric key has. */
    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "k");

    private final LexMap document;
    private final String clientId;
    private final boolean nativeApp;

    private ClientMetadataRules(LexMap document) {
        this.document = document;
        this.clientId = requireString("client_id");
        this.nativeApp = checkApplicationType();
    }

    /**
     * Checks a document.
     *
     * @throws ClientMetadataException if it violates a rule
     */
    static void check(LexMap document) {
        ClientMetadataRules rules = new ClientMetadataRules(document);
        rules.checkScope();
        rules.checkGrants();
        rules.checkAuthentication();
        rules.checkUnsupported();
        boolean loopback = ClientIds.isLoopback(rules.clientId);
        if (loopback) {
            rules.checkLoopback();
        } else {
            ClientIds.checkDiscoverable(rules.clientId);
        }
        rules.checkLinks();
        String host = loopback ? null : URI.create(rules.clientId).getHost();
        List<String> redirectUris = rules.strings("redirect_uris", null);
        if (redirectUris.isEmpty()) {
            throw invalid("redirect_uris", "must have at least one URI");
        }
        for (String uri : redirectUris) {
            RedirectUris.check(uri, rules.nativeApp, host);
        }
    }

    private boolean checkApplicationType() {
        String type = string("application_type");
        if (type != null && !type.equals(WEB) && !type.equals(NATIVE)) {
            throw invalid("application_type", "must be web or native (got " + Excerpt.quote(type) + ")");
        }
        return NATIVE.equals(type);
    }

    private void checkScope() {
        String text = requireString("scope");
        List<String> written = List.of(text.split(" ", -1));
        requireDistinct("scope", written);
        for (String one : written) {
            Scope scope;
            try {
                scope = Scope.parse(one);
            } catch (InvalidSyntaxException e) {
                throw new ClientMetadataException("scope", String.valueOf(e.getMessage()), e);
            }
            if (scope instanceof Scope.Other other && other.problem() != null) {
                throw invalid(
                        "scope", "has " + Excerpt.quote(one) + ", which servers would ignore: " + other.problem());
            }
        }
        if (!written.contains(Scope.ATPROTO.toString())) {
            throw invalid("scope", "must contain atproto (got " + Excerpt.quote(text) + ")");
        }
    }

    private void checkGrants() {
        List<String> grants = strings("grant_types", List.of("authorization_code"));
        requireDistinct("grant_types", grants);
        for (String grant : grants) {
            if (!grant.equals("authorization_code") && !grant.equals("refresh_token")) {
                throw invalid("grant_types", "has the unsupported grant " + Excerpt.quote(grant));
            }
        }
        if (!grants.contains("authorization_code") || !grants.contains("refresh_token")) {
            throw invalid("grant_types", "must be authorization_code and refresh_token (got " + grants + ")");
        }
        if (!strings("response_types", List.of("code")).contains("code")) {
            throw invalid("response_types", "must contain code");
        }
        if (!(document.get("dpop_bound_access_tokens") instanceof LexBoolean dpop) || !dpop.value()) {
            throw invalid("dpop_bound_access_tokens", "must be true");
        }
    }

    private void checkAuthentication() {
        String method = string("token_endpoint_auth_method");
        String algorithm = string("token_endpoint_auth_signing_alg");
        if (method == null || !method.equals(NONE) && !method.equals(PRIVATE_KEY_JWT)) {
            throw invalid(
                    "token_endpoint_auth_method",
                    "must be none for a public client or private_key_jwt for a confidential one"
                            + (method == null ? "" : " (got " + Excerpt.quote(method) + ")"));
        }
        if (document.containsKey("jwks") && document.containsKey("jwks_uri")) {
            throw invalid("jwks", "and jwks_uri exclude each other");
        }
        if (document.containsKey("jwks")) {
            checkKeys();
        }
        if (method.equals(NONE)) {
            if (algorithm != null) {
                throw invalid("token_endpoint_auth_signing_alg", "must be absent from the metadata of a public client");
            }
            return;
        }
        if (nativeApp) {
            throw invalid(
                    "token_endpoint_auth_method", "must be none for a native client, which can't keep a key secret");
        }
        if (!"ES256".equals(algorithm)) {
            throw invalid("token_endpoint_auth_signing_alg", "must be ES256 for a confidential client");
        }
        if (!document.containsKey("jwks") && !document.containsKey("jwks_uri")) {
            throw invalid("jwks", "or jwks_uri is required for a confidential client");
        }
    }

    private void checkKeys() {
        LexMap jwks = document.getMap("jwks");
        LexArray keys = jwks == null ? null : jwks.getArray("keys");
        if (keys == null || keys.isEmpty()) {
            throw invalid("jwks", "must be an object with at least one key in its field keys");
        }
        Set<String> kids = new HashSet<>();
        for (LexValue key : keys) {
            if (!(key instanceof LexMap jwk)) {
                throw invalid("jwks", "has a key that is not an object");
            }
            String kid = jwk.getString("kid");
            if (kid == null || kid.isEmpty()) {
                throw invalid("jwks", "has a key without kid");
            }
            if (PRIVATE_MEMBERS.stream().anyMatch(jwk::containsKey)) {
                throw invalid(
                        "jwks", "has a private key, kid " + Excerpt.quote(kid) + "; publish only the public part");
            }
            if (!kids.add(kid)) {
                throw invalid("jwks", "has two keys with the kid " + Excerpt.quote(kid));
            }
            checkKey(kid, jwk);
        }
    }

    /** Keys of other types belong to other programs that share the document. */
    private static void checkKey(String kid, LexMap jwk) {
        if ("P-256".equals(jwk.getString("crv"))) {
            try {
                P256PublicKey.fromJwk(jwk);
            } catch (CryptoException e) {
                throw new ClientMetadataException(
                        "jwks", "has an invalid key, kid " + Excerpt.quote(kid) + ": " + e.getMessage(), e);
            }
        }
    }

    private void checkUnsupported() {
        for (String field : UNSUPPORTED) {
            if (document.containsKey(field)) {
                throw invalid(field, "is not supported");
            }
        }
        OTHER_STRINGS.forEach(this::string);
        for (String field : OTHER_BOOLEANS) {
            if (document.containsKey(field) && document.getBoolean(field) == null) {
                throw invalid(field, "must be a boolean");
            }
        }
        for (String contact : strings("contacts", List.of())) {
            if (!EMAIL.matcher(contact).matches()) {
                throw invalid("contacts", "must be email addresses (got " + Excerpt.quote(contact) + ")");
            }
        }
        String subject = string("subject_type");
        if (subject != null && !subject.equals("public")) {
            throw invalid("subject_type", "must be public (got " + Excerpt.quote(subject) + ")");
        }
        if (document.get("tls_client_certificate_bound_access_tokens") instanceof LexBoolean tls && tls.value()) {
            throw invalid("tls_client_certificate_bound_access_tokens", "is not supported");
        }
        if (!strings("authorization_details_types", List.of()).isEmpty()) {
            throw invalid("authorization_details_types", "is not supported");
        }
    }

    private void checkLoopback() {
        for (String field : LINKS) {
            if (document.containsKey(field)) {
                throw invalid(field, "is not allowed for a loopback client");
            }
        }
        if (!nativeApp || !NONE.equals(string("token_endpoint_auth_method"))) {
            throw invalid("client_id", "of a loopback client belongs to a native, public client");
        }
        ClientIds.checkLoopback(clientId, strings("redirect_uris", null), requireString("scope"));
    }

    private void checkLinks() {
        for (String field : LINKS) {
            String link = string(field);
            if (link == null) {
                continue;
            }
            URI uri = uri(field, link);
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null || ClientIds.isLocal(uri.getHost())) {
                throw invalid(field, "must be an https URL with a public host (got " + Excerpt.quote(link) + ")");
            }
            if (field.equals("client_uri")) {
                ClientIds.checkClientUri(uri, URI.create(clientId));
            }
        }
    }

    private @Nullable String string(String field) {
        LexValue value = document.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof LexString string) {
            return string.value();
        }
        throw invalid(field, "must be a string");
    }

    private String requireString(String field) {
        String value = string(field);
        if (value == null || value.isEmpty()) {
            throw invalid(field, "is missing");
        }
        return value;
    }

    private List<String> strings(String field, @Nullable List<String> missing) {
        LexValue value = document.get(field);
        if (value == null) {
            if (missing == null) {
                throw invalid(field, "is missing");
            }
            return missing;
        }
        List<String> strings = new ArrayList<>();
        for (LexValue item : value instanceof LexArray array ? array : LexArray.of(LexValue.ofNull())) {
            if (!(item instanceof LexString string)) {
                throw invalid(field, "must be an array of strings");
            }
            strings.add(string.value());
        }
        return strings;
    }

    private static void requireDistinct(String field, List<String> values) {
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (!seen.add(value)) {
                throw invalid(field, "has " + Excerpt.quote(value) + " twice");
            }
        }
    }

    static URI uri(String field, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(field, "must be a URI (got " + Excerpt.quote(text) + ")");
        }
    }

    static ClientMetadataException invalid(String field, String problem) {
        return new ClientMetadataException(field, problem, null);
    }
}
