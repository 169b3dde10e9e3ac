package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
    private static final String LOGIN = "com.atproto.server.createSession";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.appView(false));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"identifier\":\"x\"} | InvalidRequest | Missing required key \"password\" at $",
                "{} | InvalidRequest | Missing required key \"identifier\" at $",
                "`` | InvalidRequest | Missing required key \"identifier\" at $",
                "{\"identifier\":\"x\",\"password\":1} | InvalidRequest"
                        + " | Expected string value type (got 1) at $.password",
                "[] | InvalidRequest | Expected object value type (got []) at $",
                "\"x\" | SyntaxError | Unexpected token '\"', \"\"x\"\" is not valid JSON",
                "null | SyntaxError | Unexpected token 'n', \"null\" is not valid JSON",
                "{nope | SyntaxError | Expected property name or '}' in JSON at position 1 (line 1 column 2)",
                "{\"a\":1 | SyntaxError"
                        + " | Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)",
                "{\"a\":1}} | SyntaxError"
                        + " | Unexpected non-whitespace character after JSON at position 7 (line 1 column 8)",
                "{\"a\":tru} | SyntaxError | Unexpected token '}', \"{\"a\":tru}\" is not valid JSON",
                "{\"a\" 1} | SyntaxError"
                        + " | Expected ':' after property name in JSON at position 5 (line 1 column 6)",
                "{\"a\":1,} | SyntaxError"
                        + " | Expected double-quoted property name in JSON at position 7 (line 1 column 8)",
            })
    void invalidBody_getsReferenceErrors(String body, String error, String message, LocalPds pds) {
        Http http = new Http(pds);
        Http.Reply reply = http.send(http.request("/xrpc/" + LOGIN, null)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(reply.error()).isEqualTo("400 " + error + ": " + message);
        assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void mediaType_isChecked(LocalPds pds) {
        Http http = new Http(pds);
        assertThat(http.send(http.request("/xrpc/" + LOGIN, null)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")))
                        .error())
                .isEqualTo("400 InvalidRequest: Wrong request encoding (Content-Type): text/plain");
        assertThat(http.post(LOGIN, null).error())
                .isEqualTo("400 InvalidRequest: Request encoding (Content-Type) required but not provided");
        assertThat(http.post(LOGIN, null, "{'identifier':'x','password':'" + "p".repeat(200_000) + "'}")
                        .error())
                .isEqualTo("413 PayloadTooLargeError: request entity too large");
    }

    @Test
    void wrongVerbAndUnknownMethod_getReferenceErrors(LocalPds pds, TestAccount alice) {
        Http http = new Http(pds);
        String token = http.login(alice).string("accessJwt");

        assertThat(http.get(LOGIN, null).error())
                .isEqualTo("400 InvalidRequest: Incorrect HTTP method (GET) expected POST");
        assertThat(http.post("com.atproto.server.getSession", token).error())
                .isEqualTo("400 InvalidRequest: Incorrect HTTP method (POST) expected GET");
        assertThat(http.send(http.request("/xrpc/" + LOGIN, null).PUT(BodyPublishers.ofString("{}")))
                        .error())
                .isEqualTo("400 InvalidRequest: XRPC requests only supports GET and POST");
        assertThat(http.get("com.example.foo", null).error()).isEqualTo("401 AuthMissing: Authentication Required");
        assertThat(http.get("com.example.foo", token).error())
                .isEqualTo("502 UpstreamFailure: Upstream service unreachable");
        assertThat(http.send(http.request("/nope", null)).status()).isEqualTo(404);
        assertThat(http.get("_health", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer, Malformed authorization header",
        "Bearer a b, Malformed authorization header",
        "Foo bar, Unsupported authorization type: Foo",
        "Basic YTpi, Unexpected authorization type",
    })
    void malformedAuthorization_isInvalidToken(String value, String message, LocalPds pds) {
        Http http = new Http(pds);
        assertThat(http.send(http.request("/xrpc/com.atproto.server.getSession", null)
                                .header("Authorization", value))
                        .error())
                .isEqualTo("400 InvalidToken: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa#bsky_chat, 400 InvalidRequest: could not resolve proxy did",
        "ALICE#bsky_chat, 400 InvalidRequest: could not resolve proxy did service url",
        "ALICE, 400 InvalidRequest: no service id specified in proxy header",
        "'#bsky_chat', 400 InvalidRequest: no did specified in proxy header",
        "did:web:a.test#b#c, 400 InvalidRequest: invalid proxy header format",
        "did:web:a.test#b c, 400 InvalidRequest: proxy header cannot contain spaces",
        "did:web:a.test#bsky_chat, 502 UpstreamFailure: Upstream service unreachable"
    })
    void proxyHeader_getsReferenceErrors(String service, String error, LocalPds pds, TestAccount alice) {
        Http http = new Http(pds);
        String token = http.login(alice).string("accessJwt");
        String proxy = service.replace("ALICE", alice.did().toString());

        assertThat(http.send(http.request("/xrpc/chat.bsky.convo.listConvos", token)
                                .header("atproto-proxy", proxy))
                        .error())
                .isEqualTo(error);
        assertThat(http.send(http.request("/xrpc/com.atproto.server.getSession", token)
                                .header("atproto-proxy", proxy))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void largeResponse_isCompressedIfAccepted(LocalPds pds, TestAccount alice) throws IOException {
        Http http = new Http(pds);
        String login = "{\"identifier\":\"alice.test\",\"password\":\"alice-password\"}";
        Http.Reply packed = http.send(http.request("/xrpc/" + LOGIN, null)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofString(login)));
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(packed.response().body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{\"accessJwt\":\"ey");
        }
        Http.Reply small = http.send(
                http.request("/xrpc/com.atproto.server.describeServer", null).header("Accept-Encoding", "gzip"));
        assertThat(small.header("content-encoding")).isNull();
    }

    @Test
    void compressedAndChunkedInput_isRead(LocalPds pds, TestAccount alice) throws IOException {
        Http http = new Http(pds);
        byte[] login =
                "{\"identifier\":\"alice.test\",\"password\":\"alice-password\"}".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(login);
        }
        assertThat(http.send(http.request("/xrpc/" + LOGIN, null)
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(packed.toByteArray())))
                        .status())
                .isEqualTo(200);
        assertThat(http.send(http.request("/xrpc/" + LOGIN, null)
                                .header("Content-Type", "application/json; charset=utf-8")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(login))))
                        .status())
                .isEqualTo(200);
        // a body that is announced, but is empty, is accepted
        String refresh = http.login(alice).string("refreshJwt");
        assertThat(http.send(http.request("/xrpc/com.atproto.server.refreshSession", refresh)
                                .POST(BodyPublishers.ofInputStream(InputStream::nullInputStream)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void http2ClientsFallBackToHttp1(LocalPds pds) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        var response = client.send(
                HttpRequest.newBuilder(URI.create(pds.url() + "/xrpc/com.atproto.server.describeServer"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void keepAlive_responsesAreNotDelayed(LocalPds pds) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", pds.url().getPort())) {
            byte[] request = "GET /xrpc/_health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] buffer = new byte[4096];
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                socket.getOutputStream().write(request);
                String answer = "";
                while (!answer.contains("}")) {
                    int read = socket.getInputStream().read(buffer);
                    assertThat(read).isPositive();
                    answer += new String(buffer, 0, read, StandardCharsets.US_ASCII);
                }
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(best).as("nanoseconds of the fastest response").isLessThan(30_000_000);
        }
    }

    @Test
    void handleAndDidDocument_areServed(LocalPds pds, TestAccount alice) throws IOException {
        assertThat(raw(pds, "GET /.well-known/atproto-did HTTP/1.1\r\nHost: alice.test\r\nConnection: close\r\n\r\n"))
                .contains("\r\ncontent-type: text/plain; charset=utf-8\r\n")
                .endsWith("\r\n\r\n" + alice.did());
        assertThat(raw(pds, "GET /.well-known/atproto-did HTTP/1.1\r\nHost: nobody.test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");

        Http http = new Http(pds.plcUrl());
        Http.Reply document = http.send(http.request("/" + alice.did(), null));
        assertThat(document.header("content-type")).isEqualTo("application/did+ld+json; charset=utf-8");
        assertThat(document.json()).isEqualTo(http.login(alice).json().getMap("didDoc"));
        String encoded = "/" + alice.did().toString().replace(":", "%3A");
        assertThat(http.send(http.request(encoded, null)).text()).isEqualTo(document.text());
        Http.Reply unknown = http.send(http.request("/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", null));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).isEqualTo("{\"message\":\"DID not registered: did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\"}");
        assertThat(http.get("com.atproto.identity.resolveHandle?handle=ALICE.test", null)
                        .text())
                .isEqualTo("{\"did\":\"" + alice.did() + "\"}");
        assertThat(http.get("com.atproto.identity.resolveHandle?handle=nobody.test", null)
                        .error())
                .isEqualTo("400 HandleNotFound: Unable to resolve handle");
    }

    @Test
    void nonHttpInput_closesOnlyItsConnection(LocalPds pds) throws IOException {
        for (String nonsense : new String[] {
            "nonsense\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        }) {
            assertThat(raw(pds, nonsense)).as(nonsense).isEmpty();
        }
        assertThat(new Http(pds).get("_health", null).status()).isEqualTo(200);
    }

    private static String raw(LocalPds pds, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", pds.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void close_freesPortAndThreads() throws IOException {
        LocalPds pds = LocalPds.start();
        int port = pds.url().getPort();
        Http http = new Http(pds);
        for (int i = 0; i < 3; i++) {
            http.get("com.atproto.server.describeServer", null).ok();
        }
        pds.close();
        pds.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("local-pds-" + port));
        try (ServerSocket again = new ServerSocket(port)) {
            assertThat(again.getLocalPort()).isEqualTo(port);
            assertThatThrownBy(() -> LocalPds.start(o -> o.port(port)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
        LocalPds.start(o -> o.port(port)).close();
    }

    @Test
    void entryway_servesOnlySessionMethods() {
        try (LocalPds pds = LocalPds.start(o -> o.entryway(true).account("alice.test", "x"))) {
            Http entryway = new Http(pds.url());
            Http behind = new Http(pds.pdsUrl());
            Http.Reply session = entryway.login("alice.test", "x");
            String access = session.string("accessJwt");

            assertThat(pds.url()).isNotEqualTo(pds.pdsUrl());
            assertThat(session.text()).contains("\"serviceEndpoint\":\"" + pds.pdsUrl() + "\"");
            assertThat(entryway.get("app.bsky.actor.getPreferences", access).error())
                    .isEqualTo("501 MethodNotImplemented: Method Not Implemented");
            assertThat(behind.get("app.bsky.actor.getPreferences", access).status())
                    .isEqualTo(200);
            assertThat(entryway.refresh(session.string("refreshJwt")).status()).isEqualTo(200);
            assertThat(behind.session(access).status()).isEqualTo(200);
            assertThat(pds.requests("app.bsky.actor.getPreferences"))
                    .extracting(RecordedRequest::port)
                    .containsExactly(pds.url().getPort(), pds.pdsUrl().getPort());
        }
    }
}
