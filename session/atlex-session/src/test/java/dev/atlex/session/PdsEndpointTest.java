package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.data.LexValue;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.testkit.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers a session sends its tokens to. */
class PdsEndpointTest {
    private static final String SERVER = "com.atproto.server.";
    private static final String PUBLIC = "https://entryway.example.org";
    private static final String GOOD = "https://pds.example.org";

    private final FakeServer server = new FakeServer();

    private static String document(String id, String serviceId, String type, String endpoint) {
        return ",\"didDoc\":{\"id\":" + json(id) + ",\"service\":[{\"id\":" + json(serviceId) + ",\"type\":"
                + json(type) + ",\"serviceEndpoint\":" + json(endpoint) + "}]}";
    }

    private static String json(String text) {
        return LexValue.of(text).toJson();
    }

    private static String document(String endpoint) {
        return document(DID, "#atproto_pds", "AtprotoPersonalDataServer", endpoint);
    }

    private static SessionData data(String service, String more) {
        return SessionData.parse(
                FakeServer.session(DID, "access-1", "refresh-1", ",\"service\":\"" + service + "\"" + more));
    }

    private SessionOptions options() {
        return SessionOptions.of(
                o -> o.clock(new TimeSourceClock(new TimeSource(MutableClock.atPresent(), wait -> {}, () -> 1)))
                        .transport(server));
    }

    /**
     * Asserts that a session that signs in, refreshes and is resumed with this document never sends its tokens
     * elsewhere.
     */
    private void assertNotFollowed(String service, String didDoc, String target) {
        server.on(SERVER + "createSession", 200, FakeServer.session(DID, "access-1", "refresh-1", didDoc))
                .on(SERVER + "refreshSession", 200, FakeServer.session(DID, "access-2", "refresh-2", didDoc))
                .on(SERVER + "getSession", 200, FakeServer.session(DID, "access-3", "refresh-3", didDoc));
        String before = target.equals(service) ? "" : document(target);

        assertThat(data(service, didDoc).pds()).isNull();
        PasswordSession login = PasswordSession.login(Credentials.of(service, "alice.test", "password"), options());
        assertThat(login.target()).hasToString(service);
        PasswordSession session = PasswordSession.of(data(service, before), options());
        session.refresh();
        assertThat(session.data().refreshJwt()).isEqualTo("refresh-2");
        assertThat(session.target()).hasToString(target);
        server.requests.clear();
        session.send(AgentRequest.get("/xrpc/" + SERVER + "checkAccountStatus"));
        assertThat(server.requests)
                .allSatisfy(request -> assertThat(request.uri().toString()).startsWith(target));
        // Other programs follow the saved document, so another account's document is not saved.
        assertThat(session.data().toJson()).doesNotContain("did:plc:somebodyelse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost",
                "https://LOCALHOST:8443",
                "https://localhost.",
                "https://a.localhost",
                "https://127.0.0.1",
                "https://127.1",
                "https://2130706433",
                "https://0x7f000001",
                "https://0x7f.1",
                "https://0177.0.0.1",
                "https://0.0.0.0",
                "https://10.1.2.3",
                "https://172.16.0.1",
                "https://192.168.1.1:443",
                "https://169.254.169.254",
                "https://100.64.0.1",
                "https://[::1]",
                "https://[::]",
                "https://[fe80::1]",
                "https://[fd00::1]",
                "https://[::ffff:127.0.0.1]",
                "https://[::ffff:a00:1]",
                "https://[64:ff9b::a00:1]",
                "https://8.8.8.8",
                "https://pds",
                "https://pds.local",
                "https://metadata.google.internal",
                "https://pds.example.org:0",
                "https://pds.example.org:70000",
                "https://pds.example.org:99999999999",
                "https://pds.example.org:-1",
                "https://user@pds.example.org",
                "https://my_pds.example.org",
                "https://b\u00fccher.example.org",
                "https://pds.example.org\\@evil.org",
                "http://pds.example.org",
                "http://entryway.example.org",
                "ftp://pds.example.org",
                "wss://pds.example.org",
                "javascript:alert(1)",
                "//pds.example.org",
                "pds.example.org",
                "https:pds.example.org",
                "https://",
                " https://pds.example.org",
                ""
            })
    void publicService_privatePds_isIgnored(String endpoint) {
        assertNotFollowed(PUBLIC, document(endpoint), PUBLIC);
        assertNotFollowed(PUBLIC, document(endpoint), GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080",
                "http://10.0.0.1",
                "http://pds.example.org",
                "http://localhost",
                "ftp://x.org"
            })
    void publicHttpService_privatePds_isIgnored(String endpoint) {
        assertNotFollowed("http://entryway.example.org", document(endpoint), "http://entryway.example.org");
        assertNotFollowed("http://8.8.8.8", document(endpoint), "http://8.8.8.8");
    }

    @Test
    void documentOfAnotherAccount_isIgnored() {
        for (String id : List.of("did:plc:somebodyelse", "", "x", DID + "x", DID.toUpperCase(java.util.Locale.ROOT))) {
            assertNotFollowed(
                    PUBLIC, document(id, "#atproto_pds", "AtprotoPersonalDataServer", "https://evil.org"), GOOD);
            assertNotFollowed(
                    PUBLIC, document(id, "#atproto_pds", "AtprotoPersonalDataServer", "https://evil.org"), PUBLIC);
        }
        assertNotFollowed(
                PUBLIC,
                ",\"didDoc\":{\"service\":[{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\","
                        + "\"serviceEndpoint\":\"https://evil.org\"}]}",
                GOOD);
    }

    @Test
    void otherServiceIdOrType_isIgnored() {
        for (String id :
                List.of("#bsky_chat", "atproto_pds", "#x#atproto_pds", "did:plc:other#atproto_pds", "#ATPROTO_PDS")) {
            assertNotFollowed(PUBLIC, document(DID, id, "AtprotoPersonalDataServer", "https://evil.org"), GOOD);
        }
        for (String type : List.of("", "BskyChatService", "atprotopersonaldataserver")) {
            assertNotFollowed(PUBLIC, document(DID, "#atproto_pds", type, "https://evil.org"), GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {GOOD, "https://PDS.example.org/", "https://pds.example.org/path?x=1", "https://pds.example.org:"
            })
    void goodDocumentIsFollowed(String endpoint) {
        assertThat(data(PUBLIC, document(endpoint)).pds()).hasToString(GOOD);
        assertThat(data(PUBLIC, document(DID, DID + "#atproto_pds", "AtprotoPersonalDataServer", endpoint))
                        .pds())
                .hasToString(GOOD);
        assertThat(data("http://entryway.example.org", document(endpoint)).pds())
                .hasToString(GOOD);
        assertThat(data("http://localhost:2583", document(endpoint)).pds()).hasToString(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:2583",
                "http://127.0.0.1:1",
                "http://[::1]:1",
                "http://pds:3000",
                "http://10.0.0.1"
            })
    void privateService_privatePds_isFollowed(String endpoint) {
        assertThat(data("http://localhost:2582", document(endpoint)).pds()).hasToString(endpoint);
        assertThat(data("http://192.168.1.10", document(endpoint)).pds()).hasToString(endpoint);
        assertThat(data("https://entryway.test", document(endpoint)).pds())
                .as("https leads only to https")
                .isNull();
    }

    @Test
    void serviceAsItsOwnPds_isFollowed() {
        assertThat(data("http://entryway.example.org:8080", document("http://entryway.example.org:3000"))
                        .pds())
                .hasToString("http://entryway.example.org:3000");
    }
}
