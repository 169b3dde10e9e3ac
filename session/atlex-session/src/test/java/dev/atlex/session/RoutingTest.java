package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static dev.atlex.session.FakeServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsOptions;
import dev.atlex.testkit.RecordedRequest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends PdsTest {
    private static final String REPO = "com.atproto.repo.listRecords";

    @Override
    LocalPds server(LocalPdsOptions options) {
        return LocalPds.start(options.toBuilder().entryway(true).build());
    }

    private void read(PasswordSession session) {
        assertThat(session.send(AgentRequest.get(
                                "/xrpc/" + REPO + "?repo=" + alice.did() + "&collection=app.bsky.feed.post"))
                        .status())
                .isEqualTo(200);
    }

    private int portOf(String nsid) {
        assertThat(pds.requests(nsid)).isNotEmpty();
        return pds.requests(nsid).get(pds.count(nsid) - 1).port();
    }

    @Test
    void sessionMethodsGoToTheEntrywayAndCallsToThePds() {
        PasswordSession session = login();
        assertThat(pds.url()).isNotEqualTo(pds.pdsUrl());
        assertThat(session.target()).isEqualTo(pds.pdsUrl());
        assertThat(session.data().pds()).isEqualTo(pds.pdsUrl());
        assertThat(session.data().service()).isEqualTo(pds.url());

        clock.advance(EXPIRY);
        call(session);
        read(session);
        session.logout();

        assertThat(portOf(CREATE)).isEqualTo(pds.url().getPort());
        assertThat(portOf(REFRESH)).isEqualTo(pds.url().getPort());
        assertThat(portOf(DELETE)).isEqualTo(pds.url().getPort());
        assertThat(pds.requests(CALL))
                .extracting(RecordedRequest::port)
                .containsOnly(pds.pdsUrl().getPort());
        assertThat(portOf(REPO)).isEqualTo(pds.pdsUrl().getPort());
    }

    @Test
    void savedSession_keepsServiceAndPds() {
        SessionData saved = SessionData.parse(login().data().toJson());
        pds.behavior().withoutDidDoc();

        PasswordSession session = PasswordSession.resume(saved, options());
        read(session);

        assertThat(portOf(REFRESH)).isEqualTo(pds.url().getPort());
        assertThat(portOf(REPO)).isEqualTo(pds.pdsUrl().getPort());
    }

    @Test
    void withoutDocument_callsGoToTheService() {
        pds.behavior().withoutDidDoc();
        PasswordSession session = login();
        assertThat(session.target()).isEqualTo(pds.url());

        pds.behavior().wholeDidDoc();
        session.refresh();

        assertThat(session.target()).isEqualTo(pds.pdsUrl());
        read(session);
    }

    @Test
    void malformedDocument_isIgnored() {
        pds.behavior().malformedDidDoc();
        PasswordSession session = login();
        assertThat(session.target()).isEqualTo(pds.url());

        session.refresh();

        assertThat(session.target()).isEqualTo(pds.url());
        assertThat(pds.count(GET)).isEqualTo(1);
    }

    @Test
    void malformedDocument_doesNotReplaceAGoodOne() {
        PasswordSession session = login();
        pds.behavior().malformedDidDoc();

        session.refresh();

        assertThat(session.target()).isEqualTo(pds.pdsUrl());
        read(session);
    }

    @Test
    void migratedAccount_callsFollowOrNameTheNewHost() {
        PasswordSession session = login();
        try (LocalPds other = LocalPds.start(o -> o.clock(clock))) {
            pds.setPdsEndpoint(alice.did(), other.url());
            pds.expireAccessTokens();
            pds.clearRequests();

            AccountMigratedException moved = failureOf(
                    AccountMigratedException.class,
                    () -> session.send(AgentRequest.get("/xrpc/" + CALL)).close());

            assertThat(pds.count(CALL)).as("the first try, at the old server").isEqualTo(1);
            assertThat(other.requests(CALL))
                    .as("the second, at the new one")
                    .extracting(RecordedRequest::hadAuthorization)
                    .containsExactly(true);
            assertThat(moved.newHost()).isEqualTo(session.target()).isEqualTo(other.url());
            assertThat(moved).hasMessageContaining(other.url().toString());
            assertThat(portOf(REFRESH)).isEqualTo(pds.url().getPort());
            assertThat(session.isEnded())
                    .as("the old server accepts its tokens")
                    .isFalse();
        }
    }

    @Test
    void redirect_isReturnedWithoutSendingTheToken() {
        PasswordSession session = login();
        try (LocalPds other = LocalPds.start(o -> o.clock(clock))) {
            String elsewhere = "/xrpc/com.atproto.server.describeServer";
            int refreshes = pds.requests(REFRESH).size();
            pds.faults().next(CALL, Fault.redirect(other.url().resolve(elsewhere)));
            pds.faults().next(CALL, Fault.redirect(other.url().resolve("/xrpc/" + CALL)));

            try (TransportResponse response = session.send(AgentRequest.get("/xrpc/" + CALL))) {
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.uri()).isEqualTo(other.url().resolve(elsewhere));
            }
            // There, a call without a token is refused, which proves nothing about this session's token.
            try (TransportResponse response = session.send(AgentRequest.get("/xrpc/" + CALL))) {
                assertThat(response.status()).isEqualTo(401);
            }
            assertThat(other.requests()).hasSize(2).noneMatch(RecordedRequest::hadAuthorization);
            assertThat(pds.requests(REFRESH)).hasSize(refreshes);
            other.clearRequests();

            String write = "com.atproto.repo.createRecord";
            pds.faults().next(write, Fault.redirect(other.url().resolve("/xrpc/" + write)));
            assertThat(session.send(AgentRequest.post("/xrpc/" + write, null)).status())
                    .isEqualTo(302);

            pds.faults().next(REFRESH, Fault.redirect(other.url().resolve("/xrpc/" + REFRESH)));
            assertThat(session.refresh().refreshed()).isFalse();
            assertThat(other.requests()).isEmpty();
            assertThat(session.isEnded()).isFalse();
        }
    }

    @Test
    void redirectWithinTheServerKeepsTheToken() {
        PasswordSession session = login();
        String there = "com.atproto.server.getSession";
        pds.faults().next(CALL, Fault.redirect(session.target().resolve("/xrpc/" + there)));

        try (TransportResponse response = session.send(AgentRequest.get("/xrpc/" + CALL))) {
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.test",
                "ftp://pds.test",
                "javascript:alert(1)",
                "https://user:pass@pds.test",
                "https://",
                "not a url",
                "//pds.test",
                ""
            })
    void httpsServiceSendsNoTokenToAPlainHttpEndpoint(String endpoint) {
        SessionData data = saved("access-1", "refresh-1", didDoc(endpoint));

        assertThat(data.pds()).isNull();
        assertThat(PasswordSession.of(data, options()).target()).hasToString("https://service.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://pds.test", "https://pds.test/", "https://pds.test/some/path?x=1#y"})
    void endpointIsItsRoot(String endpoint) {
        assertThat(saved("access-1", "refresh-1", didDoc(endpoint)).pds()).hasToString("https://pds.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"didDoc\":{}",
                ",\"didDoc\":null",
                ",\"didDoc\":7",
                ",\"didDoc\":{\"service\":{}}",
                ",\"didDoc\":{\"service\":[1,null,{}]}",
                ",\"didDoc\":{\"service\":[{\"id\":\"#atproto_pds\",\"serviceEndpoint\":42}]}",
                ",\"didDoc\":{\"service\":[{\"id\":\"#bsky_chat\",\"serviceEndpoint\":\"https://chat.test\"}]}"
            })
    void documentWithoutPds_isIgnored(String didDoc) {
        assertThat(saved("access-1", "refresh-1", didDoc).pds()).isNull();
    }

    @Test
    void fullServiceId_isRecognized() {
        assertThat(saved(
                                "access-1",
                                "refresh-1",
                                ",\"didDoc\":{\"id\":\"" + DID
                                        + "\",\"service\":[{\"id\":\"#other\",\"type\":\"Other\",\"serviceEndpoint\":\"https://other.test\"},"
                                        + "{\"id\":\"" + DID
                                        + "#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"https://pds.test:8443\"}]}")
                        .pds())
                .isEqualTo(URI.create("https://pds.test:8443"));
    }

    @Test
    void endpointDowngradedToHttp_isNotFollowed() {
        FakeServer server = new FakeServer()
                .on(REFRESH, 200, session(DID, "access-2", "refresh-2", didDoc("http://evil.test")))
                .on(GET, 500, "{}");
        PasswordSession session = PasswordSession.of(
                saved("access-1", "refresh-1", didDoc("https://pds.test")), options(o -> o.transport(server)));

        session.refresh();
        session.send(AgentRequest.get("/xrpc/" + CALL).withTimeout(Duration.ofSeconds(5)));

        assertThat(session.target()).hasToString("https://pds.test");
        assertThat(server.requests)
                .noneMatch(request -> "evil.test".equals(request.uri().getHost()));
    }
}
