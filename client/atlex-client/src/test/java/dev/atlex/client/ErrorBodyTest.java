package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.atproto.identity.ResolveHandle;
import com.atproto.repo.GetRecord;
import com.atproto.server.CreateSession;
import com.atproto.sync.GetBlob;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of a response's body that exceptions keep and that their messages show. */
class ErrorBodyTest {
    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    private static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";

    private XrpcResponseException refusal(int status, @Nullable String type, byte[] body) {
        HttpHeaders headers = type == null ? HttpHeaders.of() : HttpHeaders.of("Content-Type", type);
        agent.then(() -> TransportResponse.of(status, headers, body));
        return refusal();
    }

    private XrpcResponseException refusal() {
        return assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")))
                .actual();
    }

    private XrpcResponseException refusal(int status, @Nullable String type, String body) {
        return refusal(status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void htmlPageOfACdnIsKeptAndShown() {
        String page = "<html><title>403 Forbidden</title>blocked by the CDN</html>";
        XrpcResponseException e = refusal(403, "text/html", page);
        assertThat(e.bodyText()).isEqualTo(page);
        assertThat(e.payload()).isNull();
        assertThat(e.error()).isEqualTo("Forbidden");
        assertThat(e).hasMessage("com.atproto.identity.resolveHandle: 403 Forbidden: 403 Forbidden blocked by the CDN");
    }

    @Test
    void scriptsStylesAndCommentsOfAPageAreNotShown() {
        String page = """
                <!DOCTYPE html>
                <html><head><style>body { color: red }</style><script>track("<b>");</script></head>
                <!-- secret <p>notes -->
                <body><h1>Sorry, you&#39;re blocked</h1><p>A &amp; B</p></body></html>
                """;
        assertThat(refusal(403, "text/html", page)).hasMessageEndingWith(": Sorry, you're blocked A & B");
    }

    /** JSON with the expected error, server message and exception message, null if absent. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{'error':'RecordNotFound','message':null}|RecordNotFound|-|400 RecordNotFound",
                "{'error':'RecordNotFound','message':5}|RecordNotFound|-|400 RecordNotFound",
                "{'error':'RecordNotFound','message':{'a':1}}|RecordNotFound|-|400 RecordNotFound",
                "{'error':'RecordNotFound'}|RecordNotFound|-|400 RecordNotFound",
                "{'message':'m'}|InvalidRequest|m|400 InvalidRequest: m",
                "{'error':null,'message':'m'}|InvalidRequest|m|400 InvalidRequest: m",
                "{'error':7,'message':'m'}|InvalidRequest|m|400 InvalidRequest: m",
                "{'error':'','message':'m'}|InvalidRequest|m|400 InvalidRequest: m",
                "{'error':{'code':1}}|InvalidRequest|-|400 InvalidRequest: {'error':{'code':1}}",
                "{'detail':'x'}|InvalidRequest|-|400 InvalidRequest: {'detail':'x'}",
                "{'error':'E','n':1.5,'m':{'$link':5},'k':1,'k':2}|E|-|400 E",
                "{'error':'E','n':123456789012345678901234567890}|E|-|400 E",
                "{'error':'E','message':'m','x':NaN}|E|m|400 E: m",
                "{'error':'E','message':'m','n':1e999}|E|m|400 E: m",
                "{'a':[{'error':'inner'}],'error':'E','message':'cut o|E|-|400 E",
                "{'error':'E','message':'m'} trailing|E|m|400 E: m",
            })
    void errorAndMessageAreReadIndependently(String json, String error, @Nullable String message, String shown) {
        for (String type :
                new String[] {"application/json", "text/plain; charset=utf-8", "application/problem+json", ""}) {
            XrpcResponseException e = refusal(400, type, json.replace('\'', '"'));
            assertThat(e.is(error)).as(e.toString()).isTrue();
            assertThat(e.serverMessage()).isEqualTo(message);
            assertThat(e).hasMessage("com.atproto.identity.resolveHandle: " + shown.replace('\'', '"'));
            assertThat(e.bodyText()).isEqualTo(json.replace('\'', '"'));
        }
    }

    @Test
    void jsonOfAnyMediaTypeIsAValue() {
        XrpcResponseException e = refusal(404, "text/html", " \n{\"error\":\"RecordNotFound\",\"n\":1.5}");
        assertThat(e.payload())
                .isInstanceOfSatisfying(LexMap.class, map -> assertThat(map).containsKey("n"));
        assertThat(e.is(GetRecord.ERROR_RECORD_NOT_FOUND)).isTrue();
        assertThat(refusal(400, null, "\ufeff{\"error\":\"E\"}").error()).isEqualTo("E");
    }

    @Test
    void deeplyNestedErrorKeepsItsName() {
        String deep = "[".repeat(2000) + "]".repeat(2000);
        assertThat(refusal(400, "application/json", "{\"x\":" + deep + ",\"error\":\"E\"}")
                        .error())
                .isEqualTo("E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0\0", "[]", "5"})
    void errorOfEmptyOrOddBodyFollowsFromTheStatus(String body) {
        XrpcResponseException e = refusal(503, "application/json", body);
        assertThat(e.error()).isEqualTo("NotEnoughResources");
        assertThat(e.retryable()).isTrue();
        assertThat(e.bodyText()).isEqualTo(body.isEmpty() ? null : body);
    }

    @Test
    void textIsDecodedByItsCharset() {
        byte[] latin = "zu viele Wünsche".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(429, "text/plain; charset=\"ISO-8859-1\"", latin))
                .hasMessageEndingWith("429 RateLimitExceeded: zu viele Wünsche");
        assertThat(refusal(429, "text/plain; charset=nonsense", latin).bodyText())
                .isEqualTo("zu viele W\ufffdnsche");
        byte[] utf16 = "{\"error\":\"E\"}".getBytes(StandardCharsets.UTF_16);
        assertThat(refusal(400, "application/json; charset=utf-16", utf16).error())
                .isEqualTo("E");
    }

    @Test
    void jsonThatIsNotUtf8KeepsItsError() {
        byte[] latin = "{\"error\":\"E\",\"message\":\"für\"}".getBytes(StandardCharsets.ISO_8859_1);
        XrpcResponseException e = refusal(400, "application/json", latin);
        assertThat(e.error()).isEqualTo("E");
        assertThat(e.serverMessage()).isEqualTo("f\ufffdr");
    }

    @Test
    void messageHasNoControlsAndNoBidiMarks() {
        XrpcResponseException e = refusal(400, "text/plain", "a\r\nERROR b\u001b[0m\u2028c\u202ed\u2066e\u200b\u0085f");
        assertThat(e).hasMessageEndingWith(": a ERROR b [0m c d e f");
    }

    @Test
    void imageIsNotShown() {
        XrpcResponseException e = refusal(403, "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0});
        assertThat(e).hasMessageEndingWith("403 Forbidden");
    }

    @Test
    void longBodiesAreBounded() {
        String text = "{\"error\":\"E\",\"message\":\"m\",\"rest\":\"" + "x".repeat(1 << 20) + "\"}";
        XrpcResponseException e = refusal(400, "application/json", text);
        assertThat(e.bodyText()).hasSize(64 << 10);
        assertThat(e.payload()).isNull();
        assertThat(e.error()).isEqualTo("E");
        assertThat(e.serverMessage()).isEqualTo("m");
    }

    @Test
    void errorBodyOverTheLimitStillThrowsTheError() {
        HttpHeaders headers = HttpHeaders.of("Content-Type", "text/plain");
        agent.then(() -> TransportResponse.of(
                429,
                headers,
                new SequenceInputStream(
                        new ByteArrayInputStream("slow".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                            @Override
                            public int read() {
                                throw new ResponseTooLargeException("more than 4 bytes", 4);
                            }
                        })));
        assertThat(refusal()).hasMessageEndingWith("429 RateLimitExceeded: slow");
    }

    @Test
    void truncatedErrorBodyStillThrowsTheError() {
        agent.then(() -> TransportResponse.of(503, HttpHeaders.of(), new InputStream() {
            @Override
            public int read() {
                throw new TransportException("broke off", null, true);
            }
        }));
        assertThat(refusal()).hasMessageEndingWith("503 NotEnoughResources");
    }

    @Test
    void unsupportedCodingOfAnErrorIsNamed() {
        agent.respond(403, "text/html", "\u0003\u0004", "Content-Encoding", "br");
        XrpcResponseException e = refusal();
        assertThat(e).hasMessageEndingWith("403 Forbidden: the body has the unsupported Content-Encoding br");
        assertThat(e.bodyText()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "deflate", "GZIP,BR"})
    void unsupportedCodingOfASuccessIsNamed(String coding) {
        for (int i = 0; i < 2; i++) {
            agent.respond(200, "application/json", "\u0003\u0004", "Content-Encoding", coding);
        }
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")))
                .withMessageContaining("unsupported Content-Encoding \"" + coding + "\"");
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() ->
                        client.stream(Call.of(ResolveHandle.QUERY, p -> p.handle("bob.test")), CallOptions.DEFAULTS))
                .withMessageContaining(coding);
    }

    @Test
    void identityCodingIsIgnored() {
        agent.respond(200, "application/json", "{\"did\":\"did:plc:bob\"}", "Content-Encoding", "Identity");
        assertThat(client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")).did())
                .hasToString("did:plc:bob");
    }

    @Test
    void invalidResponsesKeepTheirBody() {
        agent.respond(200, "text/html", "<p>Sign in to WiFi</p>")
                .json("{\"did\":5}")
                .json("{\"did\":");
        XrpcInvalidResponseException page = invalid();
        assertThat(page.bodyText()).isEqualTo("<p>Sign in to WiFi</p>");
        assertThat(page).hasMessageContaining("got text/html: Sign in to WiFi");
        XrpcInvalidResponseException odd = invalid();
        assertThat(odd).isInstanceOf(XrpcResponseValidationException.class);
        assertThat(odd.bodyText()).isEqualTo("{\"did\":5}");
        assertThat(odd.payload()).isInstanceOf(LexMap.class);
        assertThat(invalid().bodyText()).isEqualTo("{\"did\":");
    }

    private XrpcInvalidResponseException invalid() {
        return assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")))
                .actual();
    }

    @Test
    void responsesThatMayContainTokensAreNotKept() {
        agent.json("{\"accessJwt\":\"secret\"}");
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.call(
                        CreateSession.PROCEDURE, i -> i.identifier("a").password("b")))
                .satisfies(e -> {
                    assertThat(e.bodyText()).isNull();
                    assertThat(e.payload()).isNull();
                });
    }

    @Test
    void streamsKeepTheBodyOfAnErrorToo() {
        agent.respond(403, "text/html", "<p>blocked</p>");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.stream(
                        Call.of(GetBlob.QUERY, p -> p.did("did:plc:alice").cid(CID)), CallOptions.DEFAULTS))
                .satisfies(e -> assertThat(e.bodyText()).isEqualTo("<p>blocked</p>"))
                .withMessageEndingWith("403 Forbidden: blocked");
    }

    @Test
    void responseOverTheLimitNamesTheOption() {
        agent.then(() -> TransportResponse.of(200, HttpHeaders.of("Content-Type", "image/png"), new InputStream() {
            @Override
            public int read() {
                throw new ResponseTooLargeException("more than 5 bytes", 5);
            }
        }));
        assertThatExceptionOfType(XrpcResponseTooLargeException.class)
                .isThrownBy(() -> client.with(o -> o.retries(3).maxResponseBytes(5))
                        .xrpc(Call.of(GetBlob.QUERY, p -> p.did("did:plc:alice").cid(CID))))
                .withMessageContainingAll("maxResponseBytes", "5 bytes", "com.atproto.sync.getBlob")
                .satisfies(e -> {
                    assertThat(e.maxResponseBytes()).isEqualTo(5);
                    assertThat(e.retryable()).isFalse();
                    assertThat(e.status()).isEqualTo(200);
                });
        assertThat(agent.requests).hasSize(1);
    }
}
