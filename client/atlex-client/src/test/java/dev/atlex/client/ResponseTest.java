package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.repo.UploadBlob;
import com.atproto.server.CreateSession;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.sync.GetBlob;
import com.atproto.sync.GetBlocks;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexString;
import dev.atlex.schema.Unit;
import dev.atlex.syntax.Did;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Successful responses, and responses that are not valid XRPC. */
class ResponseTest {
    private static final String SESSION = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}";
    private static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";
    private static final CallOptions STRICT = CallOptions.of(o -> o.strict(true));
    private static final CallOptions UNCHECKED = CallOptions.of(o -> o.validateResponse(false));

    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    private static final Call<GetSession.Output> GET_SESSION = Call.of(GetSession.QUERY);
    private static final Call<Bytes> GET_BLOB =
            Call.of(GetBlob.QUERY, p -> p.did("did:plc:alice").cid(CID));
    private static final Call<Bytes> GET_BLOCKS =
            Call.of(GetBlocks.QUERY, p -> p.did("did:plc:alice").cids(List.of()));

    private XrpcInvalidResponseException invalid(Call<?> call) {
        return assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.xrpc(call))
                .withMessageContaining(call.method().nsid())
                .actual();
    }

    // JSON

    @Test
    void jsonAnswerIsTyped() {
        agent.json(200, SESSION, "X-Served-By", "pds-1");
        XrpcResponse<GetSession.Output> response = client.xrpc(GET_SESSION);
        assertThat(response.body().did()).isEqualTo(Did.of("did:plc:alice"));
        assertThat(response.body().email()).isNull();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.encoding()).isEqualTo("application/json");
        assertThat(response.headers().first("x-served-by")).isEqualTo("pds-1");
        assertThat(response.rateLimit()).isNull();
    }

    @Test
    void unknownFieldsAreKept() {
        agent.json("{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"future\":{\"a\":[1,null]}}");
        GetSession.Output body = client.call(GetSession.QUERY);
        assertThat(body.unknownFields()).containsOnlyKeys("future");
        assertThat(body.toBuilder().email("a@b.c").build().toJson()).contains("\"future\":{\"a\":[1,null]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8;x=y"})
    void contentTypeIgnoresCaseAndParameters(String type) {
        agent.respond(200, type, SESSION);
        assertThat(client.xrpc(GET_SESSION).encoding()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 299})
    void everyStatusFrom200To299IsSuccess(int status) {
        agent.json(status, SESSION);
        assertThat(client.xrpc(GET_SESSION).status()).isEqualTo(status);
    }

    @Test
    void schemaViolationIsReportedWithItsPath() {
        agent.json("{\"handle\":\"alice.test\",\"did\":\"geheim\"}");
        assertThatExceptionOfType(XrpcResponseValidationException.class)
                .isThrownBy(() -> client.xrpc(GET_SESSION))
                .withMessageContaining("com.atproto.server.getSession")
                .withMessageContaining("$.did")
                .satisfies(e -> {
                    assertThat(e.failure().path()).isEqualTo("$.did");
                    assertThat(e.getCause()).isSameAs(e.failure());
                    assertThat(e.error()).isEqualTo("InvalidResponse");
                    assertThat(e.retryable()).isFalse();
                    assertThat(e).isInstanceOf(XrpcInvalidResponseException.class);
                });
    }

    @Test
    void responseIsNotValidatedIfDisabled() {
        agent.json("{\"handle\":\"no handle\",\"did\":\"did:plc:alice\"}").json("{\"did\":\"did:plc:alice\"}");
        assertThat(client.xrpc(GET_SESSION, UNCHECKED).body().handle().toString())
                .isEqualTo("no handle");
        assertThat(client.xrpc(GET_SESSION, UNCHECKED).body().did().toString()).isEqualTo("did:plc:alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "{\"$link\":\"no cid\"}", "{\"$bytes\":3}"})
    void dataModelViolationIsRefusedOnlyByStrictCalls(String value) {
        String body = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"x\":" + value + "}";
        agent.json(body);
        assertThatExceptionOfType(XrpcInvalidResponseException.class)
                .isThrownBy(() -> client.xrpc(GET_SESSION, STRICT))
                .withMessageContaining("$.x")
                .isNotInstanceOf(XrpcResponseValidationException.class);
        agent.json(body);
        assertThatThrownBy(() -> client.xrpc(
                        GET_SESSION, CallOptions.of(o -> o.strict(true).validateResponse(false))))
                .isInstanceOf(XrpcInvalidResponseException.class);
        agent.json(body);
        assertThat(client.xrpc(GET_SESSION).body().toJson()).contains("\"x\":" + value);
        agent.json(body);
        assertThat(client.call(GetSession.QUERY).unknownFields()).containsKey("x");
    }

    @Test
    void lenientCallStillChecksTheSchema() {
        agent.json("{\"handle\":\"alice.test\",\"did\":3,\"x\":1.5}");
        assertThatExceptionOfType(XrpcResponseValidationException.class).isThrownBy(() -> client.xrpc(GET_SESSION));
    }

    @Test
    void legacyBlobReferenceIsReadOnlyLeniently() {
        String legacy = "{\"blob\":{\"cid\":\"" + CID + "\",\"mimeType\":\"image/png\"}}";
        Call<UploadBlob.Output> upload = Call.of(UploadBlob.PROCEDURE, RequestBody.of("x"));
        agent.json(legacy).json(legacy);
        assertThatExceptionOfType(XrpcResponseValidationException.class)
                .isThrownBy(() -> client.xrpc(upload, STRICT))
                .withMessageContaining("$.blob");
        assertThat(client.xrpc(upload).body().blob().isLegacy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"handle\":\"alice.test\",\"did\":\"did:plc", "", "<html>", SESSION + " {}", "nul"})
    void malformedJsonIsAnInvalidResponse(String body) {
        agent.json(body);
        XrpcInvalidResponseException e = invalid(GET_SESSION);
        assertThat(e).isNotInstanceOf(XrpcResponseValidationException.class).hasCauseInstanceOf(LexDataException.class);
        assertThat(e.status()).isEqualTo(200);
        assertThat(e.error()).isEqualTo("InvalidResponse");
    }

    @Test
    void malformedJsonIsRefusedEvenWithoutValidation() {
        agent.json("{\"handle\":");
        assertThatThrownBy(() -> client.xrpc(
                        GET_SESSION, CallOptions.of(o -> o.strict(false).validateResponse(false))))
                .isInstanceOf(XrpcInvalidResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"accessJwt\":geheim}", "{\"accessJwt\":\"geheim", "{\"accessJwt\":\"geheim\\x\"}",
                "{\"accessJwt\":\"geheim\"", "{\"accessJwt\":{\"$link\":\"geheim\"}}", "{\"accessJwt\":[\"geheim\"]}",
                "{\"accessJwt\":\"geheim\",\"did\":5}", "geheim", "\"geheim\""
            })
    void tokenInAMalformedResponseIsInNoStackTrace(String body) {
        agent.json(body).json(401, body);
        Call<?> login = Call.of(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"));
        for (int i = 0; i < 2; i++) {
            StringWriter trace = new StringWriter();
            ((XrpcResult.Failure<?>) client.attempt(login)).failure().printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("createSession").doesNotContain("geheim");
        }
    }

    // Types

    @ParameterizedTest
    @CsvSource({"text/html", "application/octet-stream", "application/jsonp", "nonsense", "text/json"})
    void otherMediaTypeIsAnInvalidResponse(String type) {
        agent.respond(200, type, SESSION);
        assertThat(invalid(GET_SESSION).headers().first("content-type")).isEqualTo(type);
    }

    @Test
    void emptyResponseWithoutTypeIsNotJson() {
        agent.respond(200, null, "");
        assertThat(invalid(GET_SESSION)).hasMessageContaining("got no body");
    }

    @Test
    void bytesWithoutTypeAreOctetStream() {
        agent.respond(200, null, "bytes").respond(200, " ; x", "bytes").respond(200, null, SESSION);
        assertThat(client.xrpc(GET_BLOB).encoding()).isEqualTo("application/octet-stream");
        assertThat(client.xrpc(GET_BLOB).body()).isEqualTo(Bytes.of("bytes".getBytes(StandardCharsets.UTF_8)));
        assertThat(invalid(GET_SESSION)).hasMessageContaining("application/octet-stream");
    }

    @Test
    void binaryResponseIsReturnedUnchanged() {
        agent.respond(200, "application/vnd.ipld.car", "1.5").respond(200, "application/json", "{");
        assertThat(client.xrpc(GET_BLOCKS, CallOptions.DEFAULTS).body().size()).isEqualTo(3);
        assertThat(client.xrpc(GET_BLOB).encoding()).isEqualTo("application/json");
    }

    @Test
    void emptyResponseIsRefusedIfBytesAreExpected() {
        agent.respond(200, null, "");
        invalid(GET_BLOB);
        agent.respond(200, "image/png", "");
        assertThat(client.xrpc(GET_BLOB).body().size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            value = {"200,NULL,''", "200,application/json,{\"any\":1}", "204,NULL,''", "200,text/html,OK"},
            nullValues = "NULL")
    void methodWithoutOutputAcceptsAnyResponse(int status, @Nullable String type, String body) {
        agent.respond(status, type, body);
        XrpcResponse<Unit> response = client.xrpc(Call.of(DeleteSession.PROCEDURE));
        assertThat(response.body()).isSameAs(Unit.INSTANCE);
        assertThat(response.encoding()).isEqualTo(type);
    }

    // Statuses

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 302, 304, 307, 399})
    void redirectIsAnInvalidResponse(int status) {
        agent.json(status, SESSION, "Location", "https://evil.example/?token=geheim");
        XrpcInvalidResponseException e = invalid(GET_SESSION);
        assertThat(e).hasMessageContaining(String.valueOf(status)).hasMessageNotContaining("geheim");
        assertThat(e.retryable()).isFalse();
        assertThat(e.status()).isEqualTo(status);
        assertThat(agent.requests).hasSize(1);
    }

    // Rate limits

    @Test
    void rateLimitIsReadFromTheHeaders() {
        agent.json(
                200,
                SESSION,
                "RateLimit-Limit",
                "3000",
                "ratelimit-remaining",
                "2999",
                "RateLimit-Reset",
                "1793534400",
                "RateLimit-Policy",
                "3000;w=300");
        RateLimit limit = client.xrpc(GET_SESSION).rateLimit();
        assertThat(limit).isEqualTo(new RateLimit(3000, 2999, Instant.ofEpochSecond(1793534400), "3000;w=300"));
    }

    @ParameterizedTest
    @CsvSource({
        "x,1,1",
        "1,x,1",
        "1,1,x",
        "-1,1,1",
        "1,1,-9223372036854775808",
        "1,1,9223372036854775807",
        "1,1,1.5",
        "'',1,1"
    })
    void malformedRateLimitIsIgnored(String limit, String remaining, String reset) {
        assertThat(RateLimit.of(HttpHeaders.of(
                        "RateLimit-Limit", limit, "RateLimit-Remaining", remaining, "RateLimit-Reset", reset)))
                .isNull();
    }

    @Test
    void rateLimitNeedsNoPolicy() {
        RateLimit limit = RateLimit.of(
                HttpHeaders.of("RateLimit-Limit", " 5 ", "RateLimit-Remaining", "0", "RateLimit-Reset", "60"));
        assertThat(limit).isEqualTo(new RateLimit(5, 0, Instant.ofEpochSecond(60), null));
    }

    // Streams

    /** A body that records whether it was closed. */
    private static final class Closing extends ByteArrayInputStream {
        final AtomicBoolean closed = new AtomicBoolean();

        Closing(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private Closing stream(int status, @Nullable String type, String body) {
        Closing stream = new Closing(body);
        HttpHeaders headers = type == null ? HttpHeaders.of() : HttpHeaders.of("content-type", type);
        agent.then(() -> TransportResponse.of(status, headers, stream));
        return stream;
    }

    @Test
    void streamIsReturnedUnread() throws IOException {
        Closing body = stream(200, "application/vnd.ipld.car", "the blocks");
        try (TransportResponse response = client.stream(GET_BLOCKS, CallOptions.DEFAULTS)) {
            assertThat(body.available()).isEqualTo(10);
            assertThat(body.closed).isFalse();
            assertThat(response.body().readAllBytes()).hasSize(10);
        }
        assertThat(body.closed).isTrue();
    }

    @Test
    void streamWithoutTypeIsOctetStream() {
        stream(200, null, "bytes");
        client.stream(GET_BLOB, CallOptions.DEFAULTS).close();
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void streamOfAnotherTypeIsRefusedAndClosed() {
        for (String type : new String[] {"text/html", "nonsense"}) {
            Closing body = stream(200, type, "<html>");
            assertThatExceptionOfType(XrpcInvalidResponseException.class)
                    .isThrownBy(() -> client.stream(GET_BLOCKS, CallOptions.DEFAULTS));
            assertThat(body.closed).isTrue();
        }
    }

    @Test
    void errorResponseOfAStreamIsReadAndClosed() {
        Closing body = stream(400, "application/json", "{\"error\":\"RepoNotFound\",\"message\":\"gone\"}");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.stream(GET_BLOCKS, CallOptions.DEFAULTS))
                .matches(e -> e.is("RepoNotFound") && e.matchesSchemaErrors());
        assertThat(body.closed).isTrue();
    }

    @Test
    void streamUsesTheClientsDefaults() {
        stream(200, "image/png", "x");
        client.with(o -> o.maxResponseBytes(5)).stream(GET_BLOB, CallOptions.DEFAULTS)
                .close();
        assertThat(agent.only().maxResponseBytes()).isEqualTo(5);
    }

    @Test
    void tooLargeResponseIsNotRetried() {
        agent.then(() -> {
            throw new ResponseTooLargeException("GET pds.test/xrpc/x: more than 5 bytes", 5);
        });
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> client.with(o -> o.retries(3)).xrpc(GET_SESSION))
                .satisfies(e -> {
                    assertThat(e.failure()).isInstanceOf(ResponseTooLargeException.class);
                    assertThat(e.retryable()).isFalse();
                });
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void unknownMediaTypeIsKeptAsText() {
        agent.json("{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\",\"status\":\"newstatus\",\"s\":\"ü\"}");
        GetSession.Output body = client.call(GetSession.QUERY);
        assertThat(body.status()).isEqualTo("newstatus");
        assertThat(body.unknownFields()).containsEntry("s", new LexString("ü"));
    }
}
