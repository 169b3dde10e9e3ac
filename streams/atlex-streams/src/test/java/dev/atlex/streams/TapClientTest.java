package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalTap;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the requests to a Tap. */
@Timeout(60)
class TapClientTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final Did BOB = Did.of("did:web:bob.example");
    private static final String PASSWORD = "s3cret-word";

    private final LocalTap tap = LocalTap.start(PASSWORD);
    private final TapClient client =
            TapClient.of(t -> t.service(tap.url().toString()).adminPassword(PASSWORD));

    @AfterEach
    void stop() {
        tap.close();
    }

    @Nested
    class Requests {
        @Test
        void addAndRemove_changeTheRepositories() {
            client.addRepos(ALICE, BOB);
            client.addRepos(ALICE);
            assertThat(tap.repos()).containsExactly(ALICE, BOB);
            assertThat(client.repoCount()).isEqualTo(2);
            client.removeRepos(ALICE);
            assertThat(tap.repos()).containsExactly(BOB);
        }

        @Test
        void manyRepositories_areSentInSeveralRequests() {
            List<Did> dids = IntStream.range(0, 2500)
                    .mapToObj(i -> Did.of("did:plc:account" + i))
                    .toList();
            client.addRepos(dids);
            assertThat(tap.repos()).hasSize(2500);
            assertThat(tap.requests()).isEqualTo(Collections.nCopies(3, "POST /repos/add"));
        }

        @Test
        void repo_describesItsState() {
            client.addRepos(ALICE);
            assertThat(client.repo(ALICE).state()).isEqualTo("pending");
            assertThat(client.repo(ALICE).rev()).isNull();
            assertThat(client.repo(ALICE).handle()).isNull();
            assertThat(client.repo(ALICE).error()).isNull();
            tap.identity(ALICE, Handle.of("alice.test"), "active");
            tap.create(ALICE, Nsid.of("com.example.thing"), RecordKey.of("a"), LexMap.of());
            TapRepo repo = client.repo(ALICE);
            assertThat(repo.did()).isEqualTo(ALICE);
            assertThat(repo.handle()).hasToString("alice.test");
            assertThat(repo.state()).isEqualTo("active");
            assertThat(repo.rev()).isNotNull();
            assertThat(repo.records()).isEqualTo(1);
            assertThat(repo.retries()).isZero();
            assertThat(client.repo(BOB)).isNull();
        }

        @Test
        void resolveDid_returnsTheDocument() {
            assertThat(client.resolveDid(ALICE)).isNull();
            tap.didDocument(ALICE, LexMap.builder().put("id", ALICE.toString()).build());
            assertThat(client.resolveDid(ALICE).id()).isEqualTo(ALICE);
            tap.didDocument(BOB, LexMap.of());
            assertThatThrownBy(() -> client.resolveDid(BOB))
                    .isInstanceOf(TapException.class)
                    .hasMessageContaining("/resolve/did:web:bob.example: invalid DID document");
        }

        @Test
        void statistics_areRead() {
            client.checkHealth();
            tap.create(ALICE, Nsid.of("com.example.thing"), RecordKey.of("a"), LexMap.of());
            assertThat(client.recordCount()).isEqualTo(1);
            assertThat(client.outboxSize()).isEqualTo(1);
            assertThat(client.resyncBufferSize()).isZero();
            assertThat(client.cursors().firehose()).hasValue(0);
            assertThat(client.cursors().listRepos()).isNull();
        }
    }

    @Nested
    class Failures {
        @Test
        void missingAndWrongPasswords_areExplained() {
            TapClient without = TapClient.of(t -> t.service(tap.url().toString()));
            assertThatThrownBy(() -> without.addRepos(ALICE))
                    .isInstanceOfSatisfying(
                            TapException.class, e -> assertThat(e.status()).isEqualTo(401))
                    .hasMessageStartingWith("Tap /repos/add: 401 ")
                    .hasMessageEndingWith(": admin authentication required; set the admin password");
            TapClient wrong = TapClient.of(t -> t.service(tap.url().toString()).adminPassword("wr0ng"));
            assertThatThrownBy(wrong::checkHealth)
                    .hasMessageEndingWith("; check the admin password")
                    .hasMessageNotContaining("wr0ng");
        }

        @Test
        void serverThatQuotesThePassword_isRedacted() throws IOException {
            try (StreamServer server = new StreamServer((connection, number) -> connection.refuse(500, "", """
                            {"message": "admin:s3cret-word YWRtaW46czNjcmV0LXdvcmQ="}"""))) {
                TapClient quoted = TapClient.of(t -> t.service(server.url()).adminPassword(PASSWORD));
                assertThatThrownBy(quoted::checkHealth)
                        .isInstanceOfSatisfying(
                                TapException.class,
                                e -> assertThat(e.serverMessage()).isEqualTo("admin:[redacted] [redacted]"))
                        .hasMessage("Tap /health: 500 InternalServerError: admin:[redacted] [redacted]");
            }
        }

        @Test
        void handshakeThatQuotesThePassword_isRedacted() throws IOException {
            try (StreamServer server = new StreamServer((connection, number) -> connection.refuse(
                            400, "", "{\"message\": \"admin:s3cret-word YWRtaW46czNjcmV0LXdvcmQ=\"}"));
                    TapStream stream = TapClient.of(t -> t.service(server.url()).adminPassword(PASSWORD))
                            .connect()) {
                assertThatThrownBy(() -> stream.forEach(event -> {}))
                        .isInstanceOf(StreamRefusedException.class)
                        .hasMessageContaining("admin:[redacted] [redacted]");
            }
        }

        @Test
        void pageOfAnotherServer_isNotMistakenForAMissingRepository() throws IOException {
            try (StreamServer server = new StreamServer(
                    (connection, number) -> connection.refuse(404, "", "{\"message\": \"Not Found\"}"))) {
                TapClient other = TapClient.of(t -> t.service(server.url()));
                assertThatThrownBy(() -> other.repo(ALICE))
                        .isInstanceOfSatisfying(
                                TapException.class, e -> assertThat(e.status()).isEqualTo(404));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{", "<html>", "{\"status\": \"bad\"}"})
        void unexpectedResponse_isATapException(String body) throws IOException {
            try (StreamServer server =
                    new StreamServer((connection, number) -> connection.refuse(200, "Connection: close\r\n", body))) {
                TapClient strange = TapClient.of(t -> t.service(server.url()));
                assertThatThrownBy(strange::checkHealth)
                        .isInstanceOf(TapException.class)
                        .hasMessageStartingWith("Tap /health: ");
                assertThatThrownBy(strange::repoCount)
                        .isInstanceOf(TapException.class)
                        .hasMessageStartingWith("Tap /stats/repo-count: ");
                assertThatThrownBy(() -> strange.repo(ALICE))
                        .isInstanceOf(TapException.class)
                        .hasMessageStartingWith("Tap /info/did:plc:alice: ");
            }
        }

        @Test
        void redirect_isNotFollowed() throws IOException {
            try (StreamServer server = new StreamServer(
                    (connection, number) -> connection.refuse(302, "Location: " + tap.url() + "/health\r\n", ""))) {
                TapClient moved = TapClient.of(t -> t.service(server.url()).adminPassword(PASSWORD));
                assertThatThrownBy(moved::checkHealth)
                        .isInstanceOfSatisfying(
                                TapException.class, e -> assertThat(e.status()).isEqualTo(302));
            }
            assertThat(tap.requests()).isEmpty();
        }

        @Test
        void noServer_isATransportException() {
            tap.close();
            assertThatThrownBy(client::checkHealth).isInstanceOf(TransportException.class);
        }
    }

    @Nested
    class Options {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://tap:2480",
                    "http://192.168.1.5:2480",
                    "ws://tap.example.com",
                    "http://localhost.example.com",
                    "http://127.0.0.1.example.com"
                })
        void password_isNotSentUnencrypted(String service) {
            assertThatThrownBy(() -> TapClient.of(t -> t.service(service).adminPassword(PASSWORD)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("use an https URL")
                    .hasMessageNotContaining(PASSWORD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://tap.example.com",
                    "wss://tap.example.com",
                    "http://localhost:2480",
                    "http://LOCALHOST",
                    "http://127.1.2.3",
                    "http://[::1]:2480"
                })
        void password_isSentOverTlsOrToThisMachine(String service) {
            assertThat(TapOptions.of(t -> t.service(service).adminPassword(PASSWORD))
                            .hasAdminPassword())
                    .isTrue();
        }

        @Test
        void privateNetworkWithoutPassword_isAllowed() {
            assertThat(TapClient.of(t -> t.service("http://tap:2480"))).hasToString("TapClient[ws://tap:2480]");
        }

        @Test
        void password_isNotShown() {
            TapOptions options =
                    TapOptions.of(t -> t.service("http://localhost").adminPassword(PASSWORD));
            assertThat(options.toString()).contains("adminPassword=[redacted]").doesNotContain(PASSWORD);
            assertThat(options.toBuilder().build().hasAdminPassword()).isTrue();
            assertThat(String.valueOf(options.password())).doesNotContain(PASSWORD);
        }

        @Test
        void missingService_isExplained() {
            assertThatThrownBy(() -> TapClient.of(t -> {}))
                    .hasMessage("Tap: set the service, such as http://localhost:2480");
        }
    }
}
