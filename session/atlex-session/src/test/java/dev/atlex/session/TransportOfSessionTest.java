package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.GetSession;
import dev.atlex.client.CallObserver;
import dev.atlex.client.Client;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.UserAgent;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.LocalPds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** One transport and one observer serve everything that a session does. */
class TransportOfSessionTest {
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final CallObserver observer = method -> {
        calls.add(method.nsid().toString());
        throw new IllegalStateException("observers must not affect calls");
    };

    @Test
    void userAgent_isSentWithEveryRequest() {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"))) {
            Transport transport = JdkTransport.builder()
                    .userAgent("mybot/1.0 (+https://example.com)")
                    .build();
            PasswordSession session = PasswordSession.login(
                    Credentials.of(pds.url().toString(), "alice.test", "password"),
                    SessionOptions.of(o -> o.transport(transport).observer(observer)));
            new Client(session).call(GetSession.QUERY);
            session.refresh();
            session.logout();

            assertThat(pds.requests())
                    .hasSize(5)
                    .allSatisfy(request -> assertThat(request.headers())
                            .containsEntry("user-agent", "mybot/1.0 (+https://example.com) " + UserAgent.DEFAULT));
            assertThat(calls)
                    .containsExactly(
                            "com.atproto.server.createSession",
                            "com.atproto.server.getSession",
                            "com.atproto.server.refreshSession",
                            // Both the last refresh token and the one before it are revoked.
                            "com.atproto.server.deleteSession",
                            "com.atproto.server.deleteSession");
        }
    }

    /** The default resolver must not go around the proxy. */
    @Test
    void lookupOfAMigratedAccount_usesTheTransport() {
        Transport transport = request -> {
            hosts.add(request.uri().getHost());
            return TransportResponse.of(
                    400,
                    HttpHeaders.of("Content-Type", "application/json"),
                    "{\"error\":\"ExpiredToken\",\"message\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        };
        SessionData data = SessionData.parse("""
                {"did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa","handle":"alice.example.com","accessJwt":"a","refreshJwt":"r",
                "service":"https://pds.example.com","didDoc":{"id":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa","service":[{
                "id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example.com"}]}}""");
        PasswordSession session = PasswordSession.of(data, SessionOptions.of(o -> o.transport(transport)));

        assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);
        assertThat(hosts).contains("plc.directory");
    }

    @Test
    void wrappers_haveTheSessionsTransportAndObserver() {
        Transport transport = JdkTransport.builder().build();
        SessionOptions options = SessionOptions.of(o -> o.transport(transport).observer(observer));
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"));
                AccountPool pool = AccountPool.create(new MemorySessionStore(), o -> o.session(options))) {
            PasswordSession session = pool.open(Credentials.of(pds.url().toString(), "alice.test", "password"));

            assertThat(List.of(session, RateLimiter.create().wrap(session), pool.agent(session.did())))
                    .allSatisfy(agent -> {
                        assertThat(agent.transport()).isSameAs(transport);
                        assertThat(agent.observer()).isSameAs(observer);
                    });
        }
    }
}
