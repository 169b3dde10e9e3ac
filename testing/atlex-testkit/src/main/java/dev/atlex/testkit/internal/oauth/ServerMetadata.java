package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Arrays;

/** The documents in which the server describes itself. */
final class ServerMetadata {
    private ServerMetadata() {}

    /** Returns the metadata of the PDS, which identifies the authorization server. */
    static LexMap resource(String resource, String issuer) {
        return LexMap.builder()
                .put("resource", resource)
                .put("authorization_servers", strings(issuer))
                .put("bearer_methods_supported", strings("header"))
                .put("scopes_supported", strings())
                .put("resource_documentation", "https://atproto.com")
                .build();
    }

    /**
     * Returns the metadata of the authorization server. The only algorithm is ES256, because the Java platform doesn't
     * support the reference server's ES256K, which some clients prefer.
     */
    static LexMap authorizationServer(String issuer) {
        return LexMap.builder()
                .put("issuer", issuer)
                .put(
                        "scopes_supported",
                        strings("atproto", "transition:email", "transition:generic", "transition:chat.bsky"))
                .put("subject_types_supported", strings("public"))
                .put("response_types_supported", strings("code"))
                .put("response_modes_supported", strings("query", "fragment"))
                .put("grant_types_supported", strings("authorization_code", "refresh_token"))
                .put("code_challenge_methods_supported", strings("S256"))
                .put("ui_locales_supported", strings("en-US"))
                .put("display_values_supported", strings("page", "popup", "touch"))
                .put("prompt_values_supported", strings("none", "login", "consent", "select_account", "create"))
                .put("authorization_response_iss_parameter_supported", true)
                .put("request_parameter_supported", false)
                .put("request_uri_parameter_supported", true)
                .put("require_request_uri_registration", true)
                .put("jwks_uri", issuer + "/oauth/jwks")
                .put("authorization_endpoint", issuer + "/oauth/authorize")
                .put("token_endpoint", issuer + "/oauth/token")
                .put("token_endpoint_auth_methods_supported", strings("none", "private_key_jwt"))
                .put("token_endpoint_auth_signing_alg_values_supported", strings("ES256"))
                .put("revocation_endpoint", issuer + "/oauth/revoke")
                .put("pushed_authorization_request_endpoint", issuer + "/oauth/par")
                .put("require_pushed_authorization_requests", true)
                .put("dpop_signing_alg_values_supported", strings("ES256"))
                .put("client_id_metadata_document_supported", true)
                .build();
    }

    private static LexArray strings(String... values) {
        return LexArray.copyOf(Arrays.stream(values).map(LexValue::of).toList());
    }
}
