package dev.atlex.session;

import static dev.atlex.session.FakeServer.DID;
import static dev.atlex.session.FakeServer.didDoc;
import static dev.atlex.session.FakeServer.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Hosts;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.testkit.LocalPds;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose tokens no longer work, because the session has ended or the account has migrated. */
@Timeout(60)
class MigratedTest extends PdsTest {
    private final TestStore store = new TestStore();

    private IdentityResolver resolver(Transport transport) {
        return IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .transport(transport)
                .allowPrivateAddresses(true)
                .build();
    }

    @Test
    void migratedAccount_exceptionNamesTheNewHost() {
        PasswordSession session = login(o -> o.store(store).identity(resolver(Transport.jdk())));
        try (LocalPds other = LocalPds.start()) {
            pds.setPdsEndpoint(alice.did(), other.url());
            pds.revokeSessions(alice.did());
            clock.advance(EXPIRY);

            AccountMigratedException moved = failureOf(AccountMigratedException.class, () -> call(session));

            assertThat(moved.newHost()).isEqualTo(other.url());
            assertThat(moved.did()).isEqualTo(session.did());
            assertThat(moved.error()).isEqualTo("ExpiredToken");
            assertThat(session.isEnded()).isTrue();
            assertThat(store.list()).isEmpty();
            assertThat(events()).containsExactly("SignedIn", "Ended");
            assertThat(health(session).status()).isEqualTo(SessionHealth.Status.ENDED);
            assertThat(health(session).failure()).isSameAs(moved);
            assertThat(failureOf(AccountMigratedException.class, () -> call(session))
                            .newHost())
                    .isEqualTo(other.url());
            assertThat(other.requests()).as("no token was sent to it").isEmpty();
        }
    }

    @Test
    void accountAtTheSameServerHasNotMigrated() {
        PasswordSession session = login(o -> o.identity(resolver(Transport.jdk())));
        pds.revokeSessions(alice.did());
        clock.advance(EXPIRY);

        failureOf(SessionEndedException.class, () -> call(session));

        assertThat(pds.requests("/" + alice.did()))
                .as("the directory was asked")
                .hasSize(1);
    }

    @Test
    void privateHost_isNotLookedUpByDefault() {
        for (String host : new String[] {
            "http://127.0.0.1:2583",
            "http://[::1]",
            "http://localhost:1",
            "https://pds",
            "https://pds.test",
            "https://pds.internal",
            "https://pds.local",
            "https://10.0.0.1"
        }) {
            assertThat(Hosts.isPrivate(URI.create(host).getHost())).as(host).isTrue();
        }
        for (String host : new String[] {"https://bsky.social", "https://pds.example.com", "https://test.org"}) {
            assertThat(Hosts.isPrivate(URI.create(host).getHost())).as(host).isFalse();
        }
    }

    /** Ends a session on a service, for an account whose server has changed. Returns the resulting exception. */
    private Throwable end(String service, String was, String is) {
        FakeServer server = new FakeServer()
                .on(REFRESH, 400, "{\"error\":\"ExpiredToken\",\"message\":\"Token has been revoked\"}");
        Transport directory = request -> FakeServer.json(
                200,
                "{\"id\":\"" + DID + "\",\"service\":[{\"id\":\"#atproto_pds\","
                        + "\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"" + is + "\"}]}");
        String session = saved("access-1", "refresh-1", was.isEmpty() ? "" : didDoc(was))
                .toJson()
                .replace("https://service.test", service);
        return failureOf(() -> PasswordSession.resume(
                SessionData.parse(session), options(o -> o.transport(server).identity(resolver(directory)))));
    }

    @ParameterizedTest
    @CsvSource({
        "https://pds.test, https://pds.test, https://other.test, true",
        "https://pds.test, https://pds.test, https://pds.test/, false",
        "https://pds.test, https://pds.test, https://PDS.test:443, false",
        "https://entryway.test, https://a.host.net.test, https://elsewhere.org.test, true",
        "https://entryway.test, https://a.host.net.test, https://a.host.net.test, false",
        "https://entryway.test, https://a.host.net.test, https://b.host.net.test, false",
        "https://entryway.test, https://a.host.net.test, https://entryway.test, false",
        "https://entryway.test, '', https://a.host.net.test, false",
        "https://a.host.net.test, https://a.host.net.test, https://b.host.net.test, true"
    })
    void entrywaySession_isNotMigrated(String service, String was, String is, boolean moved) {
        assertThat(end(service, was, is))
                .isInstanceOf(moved ? AccountMigratedException.class : SessionEndedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails", "throws", "rubbish"})
    void failingDirectory_sessionStillEnds(String how) {
        PasswordSession session = login(o -> o.store(store).identity(resolver(request -> switch (how) {
            case "fails" -> FakeServer.json(500, "{}");
            case "rubbish" -> FakeServer.json(200, "{\"id\":7}");
            default -> throw new IllegalStateException("a mistake");
        })));
        pds.revokeSessions(alice.did());

        failureOf(SessionEndedException.class, session::refresh);

        assertThat(session.isEnded()).isTrue();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void silentDirectory_respectsTheCallsDeadline() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        PasswordSession session = login(o -> o.identity(resolver(request -> {
            try {
                new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                released.countDown();
            }
            throw new IllegalStateException("too late");
        })));
        pds.revokeSessions(alice.did());
        clock.advance(EXPIRY);
        long start = System.nanoTime();

        failureOf(
                SessionEndedException.class,
                () -> session.send(AgentRequest.get("/xrpc/" + CALL).withTimeout(Duration.ofSeconds(2))));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(released.await(10, TimeUnit.SECONDS)).as("no thread is left").isTrue();
    }
}
