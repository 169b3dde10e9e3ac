package dev.atlex.oauth.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.ForbiddenHostException;
import dev.atlex.identity.HandleMismatchException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.DiscoveryException;
import dev.atlex.oauth.OAuthUnsupportedException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final Did ALICE = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Handle HANDLE = Handle.of("alice.atlex.dev");
    private static final String PDS = "https://pds.atlex.dev";
    private static final String ENTRYWAY = "https://entryway.atlex.dev";
    private static final String RESOURCE = PDS + "/.well-known/oauth-protected-resource";
    private static final String SERVER = ENTRYWAY + "/.well-known/oauth-authorization-server";

    private static final String METADATA = """
            {"issuer":"https://entryway.atlex.dev",
             "authorization_endpoint":"https://entryway.atlex.dev/oauth/authorize",
             "token_endpoint":"https://entryway.atlex.dev/oauth/token",
             "pushed_authorization_request_endpoint":"https://entryway.atlex.dev/oauth/par",
             "revocation_endpoint":"https://entryway.atlex.dev/oauth/revoke",
             "response_types_supported":["code"],
             "grant_types_supported":["authorization_code","refresh_token"],
             "code_challenge_methods_supported":["S256"],
             "token_endpoint_auth_methods_supported":["none","private_key_jwt"],
             "token_endpoint_auth_signing_alg_values_supported":["RS256","ES256"],
             "dpop_signing_alg_values_supported":["ES256","ES256K"],
             "scopes_supported":["atproto","transition:generic"],
             "authorization_response_iss_parameter_supported":true,
             "require_pushed_authorization_requests":true,
             "client_id_metadata_document_supported":true}""";

    private final FakeWeb web = new FakeWeb();
    private final Map<String, String> dns = new ConcurrentHashMap<>();
    private long nanos;
    private final TimeSource time = new TimeSource(Clock.systemUTC(), () -> nanos, duration -> {}, () -> 0.5);
    private final Discovery discovery = discovery(web, false);

    private Discovery discovery(Transport transport, boolean allowPrivate) {
        IdentityResolver identity = IdentityResolver.builder()
                .transport(new Proxied(transport))
                .dns(name -> dns.containsKey(name) ? List.of(dns.get(name)) : List.of())
                .allowPrivateAddresses(allowPrivate)
                .build();
        return new Discovery(identity, DpopContext.of(time), time);
    }

    /** Leaves host lookups to a proxy, because the host names in these tests have no addresses. */
    private record Proxied(Transport transport) implements Transport {
        @Override
        public TransportResponse send(TransportRequest request) {
            return transport.send(request);
        }

        @Override
        public boolean isProxied(URI url) {
            return true;
        }
    }

    @BeforeEach
    void serve() {
        dns.put("_atproto." + HANDLE, "did=" + ALICE);
        serveDocument(HANDLE.toString(), PDS);
        web.json(RESOURCE, "{\"resource\":\"" + PDS + "\",\"authorization_servers\":[\"" + ENTRYWAY + "\"]}");
        web.json(SERVER, METADATA);
    }

    private void serveDocument(String handle, String pds) {
        web.json(
                "https://plc.directory/" + ALICE,
                "{\"id\":\"" + ALICE + "\",\"alsoKnownAs\":[\"at://" + handle + "\"],\"service\":[{\"id\":"
                        + "\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"" + pds
                        + "\"}]}");
    }

    private static void serve(FakeWeb web, UnaryOperator<LexMap.Builder> edit) {
        LexMap metadata = (LexMap) LexValue.parseJson(METADATA);
        web.json(SERVER, edit.apply(metadata.toBuilder()).build().toJson());
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> discovery.account(HANDLE))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageStartingWith("failed to find the authorization server: https://")
                .hasMessageContaining(problem);
    }

    @Nested
    class Accounts {
        @Test
        void handle_leadsToTheEntryway() {
            Discovery.Target target = discovery.account(HANDLE);

            assertThat(target.server())
                    .isEqualTo(new AuthServer(
                            URI.create(ENTRYWAY),
                            URI.create(ENTRYWAY + "/oauth/authorize"),
                            URI.create(ENTRYWAY + "/oauth/par"),
                            URI.create(ENTRYWAY + "/oauth/token"),
                            URI.create(ENTRYWAY + "/oauth/revoke")));
            assertThat(target.account()).isNotNull();
            assertThat(target.account().did()).isEqualTo(ALICE);
        }

        @Test
        void did_leadsToTheSameServer() {
            assertThat(discovery.account(ALICE).server().issuer()).hasToString(ENTRYWAY);
        }

        @Test
        void handleThatTheDidDoesNotClaim_isRefused() {
            serveDocument("other.atlex.dev", PDS);

            assertThatThrownBy(() -> discovery.account(HANDLE)).isInstanceOf(HandleMismatchException.class);
        }

        @Test
        void pdsWithoutOAuth_isUnsupported() {
            web.response(RESOURCE, 404, "text/plain", "not found");

            assertThatThrownBy(() -> discovery.account(HANDLE))
                    .isInstanceOfSatisfying(
                            OAuthUnsupportedException.class,
                            e -> assertThat(e.server()).hasToString(PDS))
                    .hasMessageContaining("sign in with an app password instead");
        }

        @Test
        void authServerWithoutMetadata_isUnsupported() {
            web.response(SERVER, 404, "text/plain", "not found");

            assertThatThrownBy(() -> discovery.account(HANDLE))
                    .isInstanceOfSatisfying(
                            OAuthUnsupportedException.class,
                            e -> assertThat(e.server()).hasToString(ENTRYWAY));
        }
    }

    @Nested
    class Servers {
        @Test
        void pds_leadsToItsEntryway() {
            Discovery.Target target = discovery.server(URI.create(PDS + "/some/path"));

            assertThat(target.server().issuer()).hasToString(ENTRYWAY);
            assertThat(target.account()).isNull();
        }

        @Test
        void entryway_isFoundDirectly() {
            assertThat(discovery
                            .server(URI.create("https://ENTRYWAY.atlex.dev:443"))
                            .server()
                            .issuer())
                    .hasToString(ENTRYWAY);
        }

        @Test
        void serverWithoutAnyMetadata_isUnsupported() {
            web.json("https://other.atlex.dev/", "{}");

            assertThatThrownBy(() -> discovery.server(URI.create("https://other.atlex.dev")))
                    .isInstanceOf(OAuthUnsupportedException.class);
        }
    }

    @Nested
    class ResourceMetadata {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"authorization_servers\":[]}",
                    "{\"authorization_servers\":\"https://entryway.atlex.dev\"}",
                    "{\"authorization_servers\":[1]}",
                    "{\"authorization_servers\":[\"https://entryway.atlex.dev\",\"https://other.atlex.dev\"]}"
                })
        void notExactlyOneServer_isRefused(String json) {
            web.json(RESOURCE, json);
            assertRefused("expected exactly one of authorization_servers");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://entryway.atlex.dev/",
                    "https://entryway.atlex.dev/path",
                    "https://entryway.atlex.dev:443",
                    "https://ENTRYWAY.atlex.dev",
                    "https://entryway.atlex.dev?x",
                    "https://entryway.atlex.dev#x",
                    "https://user@entryway.atlex.dev",
                    "entryway.atlex.dev",
                    "ftp://entryway.atlex.dev",
                    "javascript:alert(1)"
                })
        void serverThatIsNoOrigin_isRefused(String issuer) {
            web.json(RESOURCE, "{\"authorization_servers\":[\"" + issuer + "\"]}");
            assertRefused("expected the origin of an authorization server");
        }

        @Test
        void otherResource_isRefused() {
            web.json(
                    RESOURCE,
                    "{\"resource\":\"https://other.atlex.dev\",\"authorization_servers\":[\"" + ENTRYWAY + "\"]}");
            assertRefused("expected the resource " + PDS);
        }

        @Test
        void resourceWithSlash_isTheSame() {
            web.json(RESOURCE, "{\"resource\":\"" + PDS + "/\",\"authorization_servers\":[\"" + ENTRYWAY + "\"]}");
            assertThat(discovery.account(HANDLE).server().issuer()).hasToString(ENTRYWAY);
        }
    }

    @Nested
    class ServerMetadata {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.atlex.dev",
                    "https://entryway.atlex.dev/",
                    "http://entryway.atlex.dev",
                    "https://entryway.atlex.dev:443",
                    ""
                })
        void issuerOtherThanTheOrigin_isRefused(String issuer) {
            serve(web, json -> json.put("issuer", issuer));
            assertRefused("expected the issuer " + ENTRYWAY);
        }

        @ParameterizedTest
        @CsvSource({
            "authorization_endpoint, http://entryway.atlex.dev/oauth/authorize",
            "authorization_endpoint, javascript:alert(1)",
            "authorization_endpoint, file:///etc/passwd",
            "authorization_endpoint, https://user@entryway.atlex.dev/",
            "authorization_endpoint, https://entryway.atlex.dev/#x",
            "authorization_endpoint, /oauth/authorize",
            "token_endpoint, http://entryway.atlex.dev/oauth/token",
            "token_endpoint, 'https://a b'",
            "pushed_authorization_request_endpoint, http://entryway.atlex.dev/oauth/par",
            "revocation_endpoint, ftp://entryway.atlex.dev/oauth/revoke",
        })
        void endpointOfAnotherScheme_isRefused(String field, String url) {
            serve(web, json -> json.put(field, url));
            assertRefused("expected an https URL at " + field);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "issuer",
                    "authorization_endpoint",
                    "token_endpoint",
                    "pushed_authorization_request_endpoint",
                    "response_types_supported",
                    "grant_types_supported",
                    "code_challenge_methods_supported",
                    "token_endpoint_auth_methods_supported",
                    "token_endpoint_auth_signing_alg_values_supported",
                    "dpop_signing_alg_values_supported",
                    "scopes_supported",
                    "authorization_response_iss_parameter_supported",
                    "require_pushed_authorization_requests",
                    "client_id_metadata_document_supported"
                })
        void missingField_isRefused(String field) {
            serve(web, json -> json.remove(field));
            assertRefused(field.equals("issuer") ? "expected the issuer" : field);
        }

        @ParameterizedTest
        @CsvSource({
            "response_types_supported, '[\"token\"]'",
            "grant_types_supported, '[\"authorization_code\"]'",
            "code_challenge_methods_supported, '[\"plain\"]'",
            "token_endpoint_auth_methods_supported, '[\"none\"]'",
            "token_endpoint_auth_signing_alg_values_supported, '[\"ES256\",\"none\"]'",
            "dpop_signing_alg_values_supported, '[\"ES256K\"]'",
            "scopes_supported, '[\"openid\"]'",
            "authorization_response_iss_parameter_supported, false",
            "require_pushed_authorization_requests, '\"true\"'",
            "require_request_uri_registration, false",
        })
        void unusableValue_isRefused(String field, String value) {
            LexMap wrapped = (LexMap) LexValue.parseJson("{\"value\":" + value + "}");
            serve(web, json -> json.put(field, Objects.requireNonNull(wrapped.get("value"))));
            assertRefused(field);
        }

        @Test
        void serverThatDisownsThePds_isRefused() {
            serve(web, json -> json.put("protected_resources", LexValue.parseJson("[\"https://other.atlex.dev\"]")));
            assertRefused("expected " + PDS + " among its protected_resources");

            serve(web, json -> json.put("protected_resources", LexValue.parseJson("[\"" + PDS + "/\"]")));
            nanos += Duration.ofMinutes(6).toNanos();
            assertThat(discovery.account(HANDLE).server().issuer()).hasToString(ENTRYWAY);
        }

        @Test
        void revocationEndpoint_mayBeMissing() {
            serve(web, json -> json.remove("revocation_endpoint"));
            assertThat(discovery.account(HANDLE).server().revocationEndpoint()).isNull();
        }
    }

    @Nested
    class Responses {
        @ParameterizedTest
        @CsvSource({
            "201, application/json, expected status 200 (got 201)",
            "204, application/json, expected status 200 (got 204)",
            "301, application/json, without a redirect (got 301)",
            "302, application/json, without a redirect (got 302)",
            "307, application/json, without a redirect (got 307)",
            "403, application/json, expected status 200 (got 403)",
            "200, text/html, 'expected the content type application/json (got \"text/html\")'",
            "200, '', (got none)",
            "200, text/json, 'got \"text/json\"'",
        })
        void otherThan200AndJson_isRefused(int status, String type, String problem) {
            web.response(SERVER, status, type, METADATA, "location", "https://evil.atlex.dev/");
            assertRefused(problem);

            web.json(SERVER, METADATA);
            web.response(RESOURCE, status, type, "{}", "location", "https://evil.atlex.dev/");
            assertRefused(problem);
            assertThat(web.asked).noneMatch(url -> url.contains("evil"));
        }

        @Test
        void contentTypeWithParameters_isAccepted() {
            web.response(SERVER, 200, "Application/JSON; charset=utf-8", METADATA);
            assertThat(discovery.account(HANDLE).server().issuer()).hasToString(ENTRYWAY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "[]", "null", "\"x\""})
        void otherThanAnObject_isRefused(String body) {
            web.json(SERVER, body);
            assertRefused("JSON");
        }

        @Test
        void largeBody_isRefused() {
            web.json(SERVER, "{\"x\":\"" + "x".repeat(70_000) + "\"}");
            assertRefused("expected at most 65536 bytes");
        }

        @Test
        void requests_haveALimitOfTimeAndSize() {
            discovery.account(HANDLE);

            assertThat(web.last.uri()).hasToString(SERVER);
            assertThat(web.last.timeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(web.last.maxResponseBytes()).isEqualTo(65536);
            assertThat(web.last.headers().first("accept")).isEqualTo("application/json");
        }

        @Test
        void brokenServer_isWorthARetry() {
            web.response(SERVER, 503, "text/html", "<html>");
            assertThatThrownBy(() -> discovery.account(HANDLE)).isInstanceOfSatisfying(DiscoveryException.class, e -> {
                assertThat(e.retryable()).isTrue();
                assertThat(e.url()).hasToString(SERVER);
            });
            web.json(RESOURCE, "{\"authorization_servers\":[\"https://unknown.atlex.org\"]}");
            assertThatThrownBy(() -> discovery.account(HANDLE))
                    .isInstanceOfSatisfying(
                            DiscoveryException.class,
                            e -> assertThat(e.retryable()).isTrue());
            web.json(RESOURCE, "{}");
            assertThatThrownBy(() -> discovery.account(HANDLE))
                    .isInstanceOfSatisfying(
                            DiscoveryException.class,
                            e -> assertThat(e.retryable()).isFalse());
        }

        /** A real server that responds too slowly, and too much. */
        @Test
        void realServer_isHeldToTheLimits() {
            try (LocalPds pds = LocalPds.start()) {
                Discovery local = discovery(Transport.jdk(), true);
                pds.faults().next("/.well-known/oauth-protected-resource", Fault.hugeBody(1 << 20));
                assertThatThrownBy(() -> local.server(pds.url())).isInstanceOf(DiscoveryException.class);

                pds.faults().next("/.well-known/oauth-authorization-server", Fault.redirect(pds.url()));
                assertThatThrownBy(() -> local.server(pds.url()))
                        .isInstanceOf(DiscoveryException.class)
                        .hasMessageContaining("redirect");

                assertThat(local.server(pds.url()).server().issuer()).isEqualTo(pds.url());
            }
        }
    }

    /** The guard is on by default. */
    @Nested
    class ForbiddenHosts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://entryway.atlex.dev",
                    "https://127.0.0.1",
                    "https://[::1]",
                    "https://10.0.0.1",
                    "https://169.254.169.254",
                    "https://localhost",
                    "https://router.local",
                    "https://entryway.test"
                })
        void privateAuthServer_isRefused(String issuer) {
            web.json(RESOURCE, "{\"authorization_servers\":[\"" + issuer + "\"]}");

            assertThatThrownBy(() -> discovery.account(HANDLE)).isInstanceOf(ForbiddenHostException.class);
            assertThat(web.asked).noneMatch(url -> url.startsWith(issuer));
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://pds.atlex.dev", "https://127.0.0.1", "https://10.0.0.1", "https://pds.local"})
        void privateServer_isRefused(String server) {
            assertThatThrownBy(() -> discovery.server(URI.create(server))).isInstanceOf(ForbiddenHostException.class);
            assertThat(web.asked).isEmpty();

            serveDocument(HANDLE.toString(), server);
            assertThatThrownBy(() -> discovery.account(HANDLE)).isInstanceOf(ForbiddenHostException.class);
            assertThat(web.asked).noneMatch(url -> url.startsWith(server));
        }
    }

    @Nested
    class Caching {
        private long asked() {
            return web.asked.stream().filter(SERVER::equals).count();
        }

        @Test
        void metadata_isCachedForFiveMinutes() {
            discovery.account(HANDLE);
            discovery.account(HANDLE);
            assertThat(asked()).isEqualTo(1);

            nanos += Duration.ofMinutes(6).toNanos();
            discovery.account(HANDLE);
            assertThat(asked()).isEqualTo(2);
        }

        @Test
        void refresh_mayUseOlderMetadata() {
            discovery.account(HANDLE);
            nanos += Duration.ofHours(23).toNanos();

            discovery.server(URI.create(ENTRYWAY), Duration.ofDays(1));
            assertThat(asked()).isEqualTo(1);

            nanos += Duration.ofHours(2).toNanos();
            discovery.server(URI.create(ENTRYWAY), Duration.ofDays(1));
            assertThat(asked()).isEqualTo(2);
        }

        @Test
        void checksOfAnAccount_useNoCache() {
            discovery.account(HANDLE);
            serveDocument(HANDLE.toString(), "https://other.atlex.dev");
            web.json(
                    "https://other.atlex.dev/.well-known/oauth-protected-resource",
                    "{\"authorization_servers\":[\"https://other.atlex.dev\"]}");

            URI pds = discovery.pdsOf(ALICE);
            assertThat(pds).hasToString("https://other.atlex.dev");
            assertThat(discovery.issuerOf(pds)).hasToString("https://other.atlex.dev");
        }

        @Test
        void invalidMetadata_isNotCached() {
            serve(web, json -> json.remove("token_endpoint"));
            assertRefused("token_endpoint");
            web.json(SERVER, METADATA);
            assertThat(discovery.account(HANDLE).server().issuer()).hasToString(ENTRYWAY);
        }
    }

    @Test
    void documentWithoutServer_isRefused() {
        web.json("https://plc.directory/" + ALICE, "{\"id\":\"" + ALICE + "\"}");

        assertThatThrownBy(() -> discovery.pdsOf(ALICE))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining(ALICE.toString());
    }
}
