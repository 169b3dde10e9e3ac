package dev.atlex.oauth.internal.discovery;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.oauth.DiscoveryException;
import dev.atlex.oauth.internal.server.AuthServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verified metadata of an authorization server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414: Authorization Server Metadata</a>
 */
final class ServerMetadata {
    private final URI url;
    private final LexMap document;
    private final AuthServer server;

    private ServerMetadata(URI url, URI issuer, LexMap document) {
        this.url = url;
        this.document = document;
        if (!issuer.toString().equals(document.getString("issuer"))) {
            throw invalid("expected the issuer " + issuer + ", where the metadata is (got "
                    + shown(document.getString("issuer")) + ")");
        }
        requireAll("response_types_supported", "code");
        requireAll("grant_types_supported", "authorization_code", "refresh_token");
        requireAll("code_challenge_methods_supported", "S256");
        requireAll("token_endpoint_auth_methods_supported", "none", "private_key_jwt");
        requireAll("token_endpoint_auth_signing_alg_values_supported", "ES256");
        requireAll("dpop_signing_alg_values_supported", "ES256");
        requireAll("scopes_supported", "atproto");
        requireTrue("authorization_response_iss_parameter_supported");
        requireTrue("require_pushed_authorization_requests");
        requireTrue("client_id_metadata_document_supported");
        if (Boolean.FALSE.equals(document.getBoolean("require_request_uri_registration"))) {
            throw invalid("require_request_uri_registration must not be false");
        }
        if (strings("token_endpoint_auth_signing_alg_values_supported").contains("none")) {
            throw invalid("token_endpoint_auth_signing_alg_values_supported must not contain none");
        }
        this.server = new AuthServer(
                issuer,
                endpoint(issuer, "authorization_endpoint"),
                endpoint(issuer, "pushed_authorization_request_endpoint"),
                endpoint(issuer, "token_endpoint"),
                document.containsKey("revocation_endpoint") ? endpoint(issuer, "revocation_endpoint") : null);
    }

    /**
     * Verifies metadata.
     *
     * @param url the URL from which the metadata was fetched
     * @throws DiscoveryException if it violates the specification
     */
    static ServerMetadata verify(URI url, URI issuer, LexMap document) {
        return new ServerMetadata(url, issuer, document);
    }

    /** Returns the endpoints. */
    AuthServer server() {
        return server;
    }

    /**
     * Checks that the server doesn't exclude a PDS.
     *
     * @throws DiscoveryException if it lists the servers that it is responsible for, and the PDS isn't among them
     */
    void requireProtects(URI pds) {
        if (document.containsKey("protected_resources")
                && strings("protected_resources").stream()
                        .map(Origins::find)
                        .noneMatch(origin -> origin != null && Origins.same(origin, pds))) {
            throw invalid("expected " + pds + " among its protected_resources");
        }
    }

    private URI endpoint(URI issuer, String field) {
        String text = document.getString(field);
        URI endpoint;
        try {
            endpoint = text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            endpoint = null;
        }
        // Plain http is for servers on this machine, which the guard has allowed for the issuer.
        boolean secure = endpoint != null && (Origins.isHttps(endpoint) || !Origins.isHttps(issuer));
        if (endpoint == null || !secure || !Origins.isUsable(endpoint) || endpoint.getRawFragment() != null) {
            throw invalid("expected an https URL at " + field + " (got " + shown(text) + ")");
        }
        return endpoint;
    }

    private void requireAll(String field, String... values) {
        Set<String> supported = strings(field);
        for (String value : values) {
            if (!supported.contains(value)) {
                throw invalid("expected " + value + " among its " + field);
            }
        }
    }

    private void requireTrue(String field) {
        if (!Boolean.TRUE.equals(document.getBoolean(field))) {
            throw invalid("expected " + field + " to be true");
        }
    }

    private Set<String> strings(String field) {
        LexArray array = document.getArray(field);
        return array == null
                ? Set.of()
                : array.stream()
                        .filter(LexString.class::isInstance)
                        .map((LexValue value) -> ((LexString) value).value())
                        .collect(Collectors.toSet());
    }

    private static String shown(@Nullable String text) {
        return text == null ? "none" : Excerpt.quote(text);
    }

    private DiscoveryException invalid(String problem) {
        return new DiscoveryException(url, problem, false, null);
    }
}
