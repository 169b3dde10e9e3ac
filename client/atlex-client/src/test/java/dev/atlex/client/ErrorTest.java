package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.identity.ResolveHandle;
import com.atproto.server.GetSession;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error responses and network failures, and whether they are retryable. */
class ErrorTest {
    private final FakeAgent agent = FakeAgent.alice();
    private final Client client = new Client(agent);

    private XrpcResponseException refusal(int status, @Nullable String type, String body, String... headers) {
        agent.respond(status, type, body, headers);
        return assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.call(ResolveHandle.QUERY, p -> p.handle("bob.test")))
                .actual();
    }

    private XrpcResponseException refusal(int status, String json) {
        return refusal(status, "application/json", json);
    }

    @Test
    void errorResponseExposesTheServersErrorAndMessage() {
        XrpcResponseException e = refusal(
                400,
                "application/json; charset=utf-8",
                "{\"error\":\"HandleNotFound\",\"message\":\"Unknown handle\",\"x\":1}",
                "X-A",
                "b");
        assertThat(e.error()).isEqualTo("HandleNotFound");
        assertThat(e.is("HandleNotFound")).isTrue();
        assertThat(e.is("InvalidRequest")).isFalse();
        assertThat(e.serverMessage()).isEqualTo("Unknown handle");
        assertThat(e).hasMessage("com.atproto.identity.resolveHandle: 400 HandleNotFound: Unknown handle");
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.headers().first("x-a")).isEqualTo("b");
        assertThat(((LexMap) java.util.Objects.requireNonNull(e.payload())).getInteger("x"))
                .isEqualTo(1);
        assertThat(e.method()).isSameAs(ResolveHandle.QUERY);
        assertThat(e).isInstanceOf(LexException.class).isExactlyInstanceOf(XrpcResponseException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,InvalidRequest",
        "401,AuthenticationRequired",
        "403,Forbidden",
        "404,XRPCNotSupported",
        "406,NotAcceptable",
        "413,PayloadTooLarge",
        "415,UnsupportedMediaType",
        "429,RateLimitExceeded",
        "500,InternalServerError",
        "501,MethodNotImplemented",
        "502,UpstreamFailure",
        "503,NotEnoughResources",
        "504,UpstreamTimeout",
        "418,InvalidRequest",
        "409,InvalidRequest",
        "599,UpstreamFailure",
        "522,UpstreamFailure"
    })
    void errorOfAProxyPageFollowsFromTheStatus(int status, String error) {
        XrpcResponseException page = refusal(status, "text/html", "<h1>" + status + "</h1>");
        assertThat(page.error()).isEqualTo(error);
        assertThat(page.payload()).isNull();
        assertThat(page.serverMessage()).isNull();
        assertThat(page).hasMessageContaining(status + " " + error).hasMessageNotContaining("<h1>");
        assertThat(refusal(status, null, "").error()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"invalidField\":\"x\"}", "{\"error\":\"\"}", "{\"error\":5}", "[]", "null", "\"X\""})
    void jsonWithoutErrorIsKeptAndNamedByTheStatus(String json) {
        XrpcResponseException e = refusal(503, json);
        assertThat(e.error()).isEqualTo("NotEnoughResources");
        assertThat(e.serverMessage()).isNull();
        assertThat(e.payload()).isNotNull();
    }

    @Test
    void domainErrorWith404IsNotTakenForAMissingMethod() {
        assertThat(refusal(404, "{\"error\":\"RecordNotFound\"}").error()).isEqualTo("RecordNotFound");
        assertThat(refusal(500, "{\"error\":\"Custom\",\"message\":\"m\"}").error())
                .isEqualTo("Custom");
    }

    @Test
    void errorWithFloatsIsRead() {
        assertThat(refusal(400, "{\"error\":\"X\",\"y\":1.5,\"z\":{\"$link\":2}}")
                        .error())
                .isEqualTo("X");
    }

    @Test
    void serverMessageCanNotForgeOrFloodLogLines() {
        XrpcResponseException e = refusal(
                400, "{\"error\":\"X\\n\",\"message\":\"a\\r\\nERROR b\\u001b[0m\\u2028c" + "x".repeat(5000) + "\"}");
        assertThat(e.getMessage())
                .hasSizeLessThan(700)
                .doesNotContain("\n", "\r", "\u001b", "\u2028")
                .contains("a ERROR b");
        assertThat(e.serverMessage()).contains("\r\n").hasSizeGreaterThan(5000);
        assertThat(e.error()).isEqualTo("X\n");
    }

    @Test
    void declaredErrorsMatchTheSchema() {
        assertThat(refusal(400, "{\"error\":\"HandleNotFound\"}").matchesSchemaErrors())
                .isTrue();
        assertThat(refusal(400, "{\"error\":\"Other\"}").matchesSchemaErrors()).isFalse();
        agent.json(400, "{\"error\":\"HandleNotFound\"}");
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.call(GetSession.QUERY))
                .matches(e -> !e.matchesSchemaErrors());
    }

    @ParameterizedTest
    @CsvSource({
        "408,true",
        "425,true",
        "429,true",
        "500,true",
        "502,true",
        "503,true",
        "504,true",
        "522,true",
        "524,true",
        "400,false",
        "401,false",
        "403,false",
        "404,false",
        "409,false",
        "413,false",
        "501,false",
        "505,false"
    })
    void retryableDependsOnTheStatus(int status, boolean retryable) {
        assertThat(refusal(status, "{\"error\":\"X\"}").retryable()).isEqualTo(retryable);
        assertThat(new XrpcInvalidResponseException(GetSession.QUERY, status, HttpHeaders.of(), "x", null).retryable())
                .isEqualTo(retryable && status != 401);
    }

    // Status 401

    @Test
    void a401IsAnAuthenticationFailureWithItsChallenges() {
        XrpcResponseException e = refusal(
                401,
                "application/json",
                "{\"error\":\"ExpiredToken\",\"message\":\"m\"}",
                "WWW-Authenticate",
                "Basic realm=\"a, b\", Bearer error=invalid_token");
        assertThat(e).isInstanceOfSatisfying(XrpcAuthenticationException.class, failure -> {
            assertThat(failure.error()).isEqualTo("ExpiredToken");
            assertThat(failure.wwwAuthenticate().challenges()).hasSize(2);
            WwwAuthenticate.Challenge bearer = failure.wwwAuthenticate().challenge("bearer");
            assertThat(bearer).isNotNull();
            assertThat(bearer.parameters()).isEqualTo(Map.of("error", "invalid_token"));
            assertThat(failure.wwwAuthenticate().challenge("dpop")).isNull();
            assertThat(failure.retryable()).isFalse();
        });
        XrpcResponseException bare = refusal(401, null, "");
        assertThat(((XrpcAuthenticationException) bare).wwwAuthenticate().challenges())
                .isEmpty();
    }

    // Network failures

    @Test
    void networkFailureIsATransportException() {
        TransportException cause = new TransportException("GET pds.test/x: broke", new IOException("x"), true);
        agent.then(() -> {
            throw cause;
        });
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> client.call(GetSession.QUERY))
                .withMessage("com.atproto.server.getSession: GET pds.test/x: broke")
                .withCause(cause)
                .satisfies(e -> {
                    assertThat(e.failure()).isSameAs(cause);
                    assertThat(e.requestMayHaveBeenProcessed()).isTrue();
                    assertThat(e.error()).isEqualTo("InternalServerError");
                    assertThat(e.retryable()).isTrue();
                });
    }

    @Test
    void truncatedBodyIsATransportException() {
        agent.then(() -> dev.atlex.client.transport.TransportResponse.of(
                200, HttpHeaders.of("content-type", "application/json"), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("broke off");
                    }
                }));
        assertThatThrownBy(() -> client.call(GetSession.QUERY))
                .isInstanceOf(XrpcTransportException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void timeoutIsRetryableButInterruptIsNot() {
        assertThat(new XrpcTransportException(GetSession.QUERY, new TransportTimeoutException("t", null, true))
                        .retryable())
                .isTrue();
        assertThat(new XrpcTransportException(GetSession.QUERY, new TransportInterruptedException("t", null, true))
                        .retryable())
                .isFalse();
    }

    @Test
    void errorResponseHasTheRateLimit() {
        RateLimit limit = refusal(
                        429,
                        "text/plain",
                        "slow down",
                        "RateLimit-Limit",
                        "10",
                        "RateLimit-Remaining",
                        "0",
                        "RateLimit-Reset",
                        "1793534400")
                .rateLimit();
        assertThat(limit).isNotNull();
        assertThat(limit.remaining()).isZero();
    }

    // attempt()

    @Test
    void attempt_failure_isReturnedAsAValue() {
        agent.json(400, "{\"error\":\"HandleNotFound\"}");
        XrpcResult<ResolveHandle.Output> result =
                client.attempt(Call.of(ResolveHandle.QUERY, p -> p.handle("bob.test")));
        assertThat(result.isSuccess()).isFalse();
        assertThat(result)
                .isInstanceOfSatisfying(
                        XrpcResult.Failure.class, f -> assertThat(f.error()).isEqualTo("HandleNotFound"));
        assertThatThrownBy(result::orElseThrow).isInstanceOf(XrpcResponseException.class);
        ResolveHandle.Output fallback =
                ResolveHandle.Output.builder().did("did:plc:none").build();
        assertThat(result.orElseGet(e -> fallback)).isSameAs(fallback);
    }

    @Test
    void attempt_success_isReturnedAsAValue() {
        agent.json("{\"did\":\"did:plc:bob\"}");
        XrpcResult<ResolveHandle.Output> result =
                client.attempt(Call.of(ResolveHandle.QUERY, p -> p.handle("bob.test")));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.orElseThrow().did()).hasToString("did:plc:bob");
        assertThat(result.orElseGet(e -> {
                    throw new AssertionError(e);
                }))
                .isSameAs(result.orElseThrow());
        assertThat(((XrpcResult.Success<?>) result).response().status()).isEqualTo(200);
    }

    @Test
    void attempt_returnsEveryKindOfFailure() {
        agent.then(() -> {
            throw new TransportException("lost", null, false);
        });
        assertThat(failure(CallOptions.DEFAULTS)).isInstanceOf(XrpcTransportException.class);
        agent.json("{");
        assertThat(failure(CallOptions.DEFAULTS)).isInstanceOf(XrpcInvalidResponseException.class);
        agent.json("{}");
        assertThat(failure(CallOptions.DEFAULTS)).isInstanceOf(XrpcResponseValidationException.class);
        assertThat(failure(CallOptions.of(o -> o.encoding("a/b")))).isInstanceOf(XrpcRequestException.class);
    }

    private XrpcException failure(CallOptions options) {
        return ((XrpcResult.Failure<?>) client.attempt(Call.of(GetSession.QUERY), options)).failure();
    }
}
