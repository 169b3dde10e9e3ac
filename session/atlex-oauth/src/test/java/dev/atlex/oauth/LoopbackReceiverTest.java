package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.TransportInterruptedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackReceiverTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Scopes SCOPES = Scopes.of(Scope.ATPROTO);

    private final LoopbackReceiver receiver = LoopbackReceiver.open(ClientMetadata.loopback(SCOPES));
    private final Authorization authorization = new Authorization(
            URI.create("https://pds.example.com/oauth/authorize"),
            receiver.redirectUri(),
            "browser-secret",
            "the-state",
            Instant.EPOCH);

    @AfterEach
    void close() {
        receiver.close();
    }

    private CompletableFuture<String> await() {
        return CompletableFuture.supplyAsync(() -> receiver.await(authorization, LONG));
    }

    private int port() {
        return receiver.redirectUri().getPort();
    }

    private String get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n");
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String result(CompletableFuture<String> query) throws Exception {
        return query.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void redirectUri_hasAnEphemeralPortOfTheLoopbackAddress() {
        assertThat(receiver.redirectUri().toString()).matches("http://127\\.0\\.0\\.1:\\d+/callback");
        try (LoopbackReceiver other = LoopbackReceiver.open(ClientMetadata.loopback(SCOPES))) {
            assertThat(other.redirectUri()).isNotEqualTo(receiver.redirectUri());
        }
    }

    @Test
    void callback_endsTheWaitAndShowsAPage() throws Exception {
        CompletableFuture<String> query = await();

        String page = get("/callback?state=the-state&iss=https%3A%2F%2Fpds.example.com&code=secret-code");

        assertThat(result(query)).isEqualTo("state=the-state&iss=https%3A%2F%2Fpds.example.com&code=secret-code");
        assertThat(page)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("return to the program", "Content-Security-Policy", "Referrer-Policy: no-referrer")
                .doesNotContain("secret-code", "the-state");
    }

    @Test
    void denial_isReceivedToo() throws Exception {
        CompletableFuture<String> query = await();

        String page = get("/callback?error=access_denied&state=the-state");

        assertThat(result(query)).startsWith("error=access_denied");
        assertThat(page).contains("Not signed in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/callback?state=other&code=x",
                "/callback",
                "/callback?code=x",
                "/callback?state=the-state&state=other",
                "/callback?state=%zz",
                "/favicon.ico",
                "/other?state=the-state&code=x",
                "/callback/?state=the-state&code=x"
            })
    void otherRequest_isRefusedAndIgnored(String target) throws Exception {
        CompletableFuture<String> query = await();

        assertThat(get(target)).startsWith("HTTP/1.1 4");
        assertThat(query).isNotDone();

        get("/callback?state=the-state&code=right");
        assertThat(result(query)).endsWith("code=right");
    }

    @Test
    void requestOfAnotherKind_isRefused() throws Exception {
        CompletableFuture<String> query = await();
        String target = "/callback?state=the-state&code=x";

        assertThat(send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        // A page's owner can make a name of his own resolve to this machine.
        assertThat(send("GET " + target + " HTTP/1.1\r\nHost: evil.example.com:" + port() + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(send("GET " + target + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(send("GET http://evil.example.com" + target + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(send("nonsense\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(send("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n\r\n")).doesNotContain("200 OK");
        assertThat(query).isNotDone();
    }

    /** Browsers open connections ahead of time. */
    @Test
    void idleConnections_doNotBlockTheCallback() throws Exception {
        CompletableFuture<String> query = await();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                idle.add(new Socket("127.0.0.1", port()));
            }
            get("/callback?state=the-state&code=x");

            assertThat(result(query)).endsWith("code=x");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void afterTheCallback_nothingListens() throws Exception {
        CompletableFuture<String> query = await();
        get("/callback?state=the-state&code=x");
        result(query);

        assertThatThrownBy(() -> get("/callback?state=the-state&code=y")).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> receiver.await(authorization, LONG)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noCallback_timesOutAndCloses() {
        assertThatThrownBy(() -> receiver.await(authorization, Duration.ofMillis(1)))
                .isInstanceOf(AuthorizationExpiredException.class)
                .hasMessageContaining("the browser didn't return");
        assertThatThrownBy(() -> get("/")).isInstanceOf(ConnectException.class);
    }

    @Test
    void closedWhileWaiting_ends() throws Exception {
        CompletableFuture<String> query = await();
        get("/");
        receiver.close();

        assertThatThrownBy(() -> query.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interrupt_endsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> receiver.await(authorization, LONG)).isInstanceOf(TransportInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void otherAddressesOfTheMachine_areNotListenedAt() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (address.getHostAddress().equals("127.0.0.1")) {
                    continue;
                }
                try (Socket socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port()), 2_000))
                            .describedAs("%s", address)
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void declaredPort_isUsedOrReported() {
        URI declared = receiver.redirectUri();
        ClientMetadata fixed = ClientMetadata.loopback(SCOPES, declared);

        assertThatThrownBy(() -> LoopbackReceiver.open(fixed))
                .isInstanceOfSatisfying(
                        LoopbackException.class,
                        e -> assertThat(e.redirectUri()).isEqualTo(declared))
                .hasMessageStartingWith("can't listen for the callback at " + declared);
        receiver.close();
        try (LoopbackReceiver again = LoopbackReceiver.open(fixed)) {
            assertThat(again.redirectUri()).isEqualTo(declared);
        }
    }

    @Test
    void clientWithoutLoopbackUri_isRejected() {
        ClientMetadata web = ClientMetadata.web(
                URI.create("https://app.example.com/m.json"),
                m -> m.redirectUri("https://app.example.com/callback").scopes(SCOPES));

        assertThatThrownBy(() -> LoopbackReceiver.open(web))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://127.0.0.1/callback");
    }
}
