package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.Jws;
import dev.atlex.session.store.MemorySessionStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the proofs of calls: nonces, dates and secrets. */
class DpopCallTest {
    private OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private int calls() {
        return oauth.pds.count(OAuthFixture.GET_SESSION);
    }

    @Test
    void newNonce_costsOneRequest_once() {
        OAuthSession session = oauth.opened(oauth.alice);
        call(session);
        assertThat(calls()).isEqualTo(1);
        oauth.pds.oauth().newNonces();
        call(session);
        assertThat(calls()).isEqualTo(3);
        for (int i = 0; i < 5; i++) {
            call(session);
        }

        assertThat(calls()).isEqualTo(8);
    }

    /** A server whose nonces change with each request and stay valid for three requests. */
    @Test
    void nonceOfEachRequest_costsNoFurtherRequest() {
        OAuthSession session = oauth.opened(oauth.alice);
        call(session);
        oauth.pds.clearRequests();
        for (int i = 0; i < 10; i++) {
            oauth.advance(Duration.ofMinutes(1));
            call(session);
        }

        assertThat(calls()).isEqualTo(10);
    }

    @Test
    void newNonce_costsEachOfManyThreadsAtMostOneRequest() throws Exception {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.pds.oauth().newNonces();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            Callable<Boolean> caller = () -> {
                call(session);
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(64, caller))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls()).isBetween(65, 128);
    }

    @Test
    void entryway_andServer_haveNoncesOfTheirOwn() {
        oauth.close();
        oauth = new OAuthFixture(new MemorySessionStore(), options -> options.entryway(true));
        OAuthSession session = oauth.opened(oauth.alice);
        assertThat(session.issuer()).isNotEqualTo(session.target());
        call(session);
        session.refresh();
        oauth.pds.clearRequests();
        for (int i = 0; i < 3; i++) {
            call(session);
            assertThat(session.refresh().refreshed()).isTrue();
        }

        assertThat(oauth.pds.requests()).hasSize(6).allMatch(request -> request.status() == 200);
        assertThat(session.logout()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void clockThatIsOff_isCorrected(long minutes) {
        oauth.signIn(oauth.alice);
        Clock off = Clock.offset(oauth.clock, Duration.ofMinutes(minutes));
        TimeSource own = oauth.timing();
        TimeSource timing = new TimeSource(off, own.nanoTime(), own.sleeper(), own.random());
        OAuthSession session = OAuthSession.resumed(
                OAuthFixture.program(
                        oauth.store, Transport.jdk(), timing, oauth.program().identity(), oauth.events::add),
                oauth.stored(oauth.alice));
        oauth.pds.clearRequests();

        call(session);
        call(session);
        assertThat(session.refresh().refreshed()).isTrue();
        call(session);
        assertThat(calls()).isBetween(3, 6);
    }

    /** About one in 10,000 random nonces looks like a token, and would be removed from an error as one. */
    @Test
    void nonceThatLooksLikeAToken_isSentBackUnchanged() {
        oauth.signIn(oauth.alice);
        String nonce = "jllxw3BPZcfnB7PeyJ0Z9Xc7iUQKWZPoBqjavT5DnO8";
        List<@Nullable String> sent = new ArrayList<>();
        OAuthSession session = oauth.resumed(oauth.alice, oauth.program(oauth.store, own -> request -> {
            sent.add(Jws.parse(Objects.requireNonNull(request.headers().first("DPoP")))
                    .payload()
                    .getString("nonce"));
            return TransportResponse.of(
                    401, HttpHeaders.of("DPoP-Nonce", nonce), "{\"error\":\"use_dpop_nonce\"}".getBytes(UTF_8));
        }));

        assertThatThrownBy(() -> call(session)).hasMessageContaining("use_dpop_nonce");
        assertThat(sent).containsExactly(null, nonce);
        assertThatThrownBy(() -> call(session)).hasMessageContaining("use_dpop_nonce");
        assertThat(sent).containsExactly(null, nonce, nonce, nonce);
    }

    /** A server or a proxy that quotes the request in its error. */
    @Test
    void quotedSecrets_areInNoException() {
        oauth.signIn(oauth.alice);
        OAuthSession session = oauth.resumed(oauth.alice, oauth.program(oauth.store, own -> request -> {
            String quoted = String.join(" ", request.headers().all("Authorization"))
                    + String.join(" ", request.headers().all("DPoP"));
            return TransportResponse.of(
                    400,
                    HttpHeaders.of("Content-Type", "application/json", "X-Quoted", quoted),
                    ("{\"error\":\"InvalidRequest\",\"message\":\"" + quoted + "\"}").getBytes(UTF_8));
        }));
        Throwable failure = catchThrowable(() -> call(session));
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));

        assertThat(text.toString())
                .contains("InvalidRequest")
                .doesNotContain(session.data().accessToken(), "eyJ0eXAiOiJkcG9wK2p3dCI", "dpop+jwt");
        assertThat(((dev.atlex.client.XrpcResponseException) failure).headers().toString())
                .doesNotContain(session.data().accessToken());
        assertThat(List.of(session, session.health(), session.data(), oauth.events)
                        .toString())
                .doesNotContain(session.data().accessToken(), session.data().refreshToken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "DPoP"})
    void headersOfTheSession_areRejected(String name) {
        OAuthSession session = oauth.opened(oauth.alice);

        assertThatThrownBy(() -> session.send(
                        AgentRequest.get("/xrpc/com.atproto.server.getSession").withHeaders(HttpHeaders.of(name, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which the session sets");
        assertThat(oauth.pds.requests()).isEmpty();
    }
}
