package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.repo.UploadBlob;
import com.atproto.server.DeleteSession;
import com.atproto.server.GetSession;
import com.atproto.sync.GetBlob;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries: which failures, after which wait, and until when. */
class RetryTest {
    private static final String SESSION = "{\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}";
    private static final Call<GetSession.Output> QUERY = Call.of(GetSession.QUERY);
    private static final Call<?> PROCEDURE = Call.of(DeleteSession.PROCEDURE);

    private final FakeAgent agent = FakeAgent.alice();
    private final FakeTime time = new FakeTime();
    private final Client client = client(RetryOptions.of(3));

    private Client client(RetryOptions retries) {
        return new Client(agent, CallOptions.of(o -> o.retries(retries)), time.timing());
    }

    private void fail(int times, int status, String... headers) {
        for (int i = 0; i < times; i++) {
            agent.json(status, "{\"error\":\"E\"}", headers);
        }
    }

    private void lose(boolean processed) {
        agent.then(() -> {
            throw new TransportException("lost", null, processed);
        });
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void nothingIsRetriedByDefault() {
        fail(1, 503);
        assertThatThrownBy(() -> new Client(agent, CallOptions.DEFAULTS, time.timing()).xrpc(QUERY))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(1);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void queryIsRetriedUntilItSucceeds() {
        fail(1, 503);
        lose(true);
        fail(1, 500);
        agent.json(SESSION);
        assertThat(client.xrpc(QUERY).status()).isEqualTo(200);
        assertThat(agent.requests).hasSize(4);
        assertThat(agent.requests.stream().map(AgentRequest::path).distinct()).hasSize(1);
        assertThat(time.waits).containsExactly(ms(375), ms(750), ms(1500));
    }

    @Test
    void lastFailureIsThrownWhenNoRetryIsLeft() {
        fail(3, 503);
        fail(1, 502);
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(() -> client.xrpc(QUERY))
                .matches(e -> e.status() == 502);
        assertThat(agent.requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 501})
    void permanentFailureIsNotRetried(int status) {
        fail(1, status);
        assertThatThrownBy(() -> client.xrpc(QUERY)).isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void invalidResponseIsRetriedOnlyForTemporaryStatuses() {
        agent.json(503, "{").json(SESSION);
        client.xrpc(QUERY);
        agent.json(200, "{");
        assertThatThrownBy(() -> client.xrpc(QUERY)).isInstanceOf(XrpcInvalidResponseException.class);
        assertThat(agent.requests).hasSize(3);
    }

    // Procedures

    @Test
    void procedureIsRetriedOnlyIfItHadNoEffect() {
        fail(1, 429);
        lose(false);
        agent.respond(200, null, "");
        client.xrpc(PROCEDURE);
        assertThat(agent.requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void procedureOfUnknownOutcomeIsNotRetried(int status) {
        fail(1, status);
        assertThatThrownBy(() -> client.xrpc(PROCEDURE)).isInstanceOf(XrpcResponseException.class);
        lose(true);
        assertThatThrownBy(() -> client.xrpc(PROCEDURE)).isInstanceOf(XrpcTransportException.class);
        assertThat(agent.requests).hasSize(2);
    }

    @Test
    void consumedBodyIsNotSentAgain() {
        fail(1, 429);
        RequestBody stream = RequestBody.ofStream(new ByteArrayInputStream(new byte[1]));
        assertThatThrownBy(() -> client.xrpc(Call.of(UploadBlob.PROCEDURE, stream)))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(1);
        assertThat(time.waits).isEmpty();
    }

    // RetryOptions.when

    @Test
    void callerCanDecideWhatIsRetried() {
        List<String> asked = new ArrayList<>();
        Client own = client(RetryOptions.of(o -> o.maxRetries(5).when((failure, attempts) -> {
            asked.add(failure.error() + attempts);
            return attempts < 3;
        })));
        fail(3, 400);
        assertThatThrownBy(() -> own.xrpc(PROCEDURE)).isInstanceOf(XrpcResponseException.class);
        assertThat(asked).containsExactly("E1", "E2", "E3");
        assertThat(agent.requests).hasSize(3);
    }

    @Test
    void callerCanNotExceedMaxRetries() {
        fail(2, 400);
        assertThatThrownBy(() -> client(RetryOptions.of(o -> o.maxRetries(1).when((failure, attempts) -> true)))
                        .xrpc(QUERY))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(2);
    }

    // Waiting

    @ParameterizedTest
    @CsvSource({"0,250,500", "0.999999,500,1000"})
    void waitsAreJitteredToHalfOrMore(double random, long first, long second) {
        time.random = random;
        fail(2, 503);
        agent.json(SESSION);
        client.xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(first), ms(second));
    }

    @Test
    void waitsGrowByTheFactorUpToMaxDelay() {
        time.random = 1;
        fail(5, 503);
        agent.json(SESSION);
        client(RetryOptions.of(o ->
                        o.maxRetries(9).minDelay(ms(100)).maxDelay(ms(1000)).factor(3)))
                .xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(100), ms(300), ms(900), ms(1000), ms(1000));
    }

    @Test
    void unboundedMaxDelayDoesNotOverflow() {
        time.random = 1;
        fail(1, 503);
        agent.json(SESSION);
        client(RetryOptions.of(o -> o.maxRetries(1)
                        .minDelay(ms(100))
                        .maxDelay(Duration.ofSeconds(Long.MAX_VALUE))
                        .factor(2)))
                .xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503|Retry-After|7|7000",
                "429|Retry-After| 7 |7000",
                "503|retry-after|Sun, 01 Nov 2026 12:00:09 GMT|9000",
                "429|RateLimit-Reset|1793534411|11000",
                "503|Retry-After|999|30000",
                "503|Retry-After|Sun, 01 Nov 2026 13:00:00 GMT|30000",
                "503|Retry-After|0|375",
                "503|Retry-After|-5|375",
                "503|Retry-After|1.5|375",
                "503|Retry-After|soon|375",
                "503|Retry-After|99999999999999999999|375",
                "503|Retry-After|Sun, 01 Nov 2026 11:59:00 GMT|375",
                "429|RateLimit-Reset|1793534399|375",
                "429|RateLimit-Reset|999999999999|30000",
                "429|RateLimit-Reset|x|375",
                "500|RateLimit-Reset|1793534411|375",
                "502|RateLimit-Reset|1793534411|375",
                "503|RateLimit-Reset|1793534411|375"
            })
    void retryAfterAndRateLimitResetSetTheWait(int status, String header, String value, long millis) {
        fail(1, status, header, value);
        agent.json(SESSION);
        client.xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(millis));
    }

    @Test
    void retryAfterTakesPrecedenceOverRateLimitReset() {
        fail(1, 429, "RateLimit-Reset", "1793534411", "Retry-After", "2");
        fail(1, 429, "RateLimit-Reset", "1793534413", "Retry-After", "0");
        agent.json(SESSION);
        client.xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(2000), ms(11000));
    }

    @Test
    void unusableRetryAfterDoesNotMakeA503WaitForTheReset() {
        fail(1, 503, "RateLimit-Reset", "1793534411", "Retry-After", "0");
        agent.json(SESSION);
        client.xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(375));
        fail(1, 503, "RateLimit-Reset", "1793534411", "Retry-After", "0");
        assertThatThrownBy(() -> client(RetryOptions.DEFAULTS).xrpc(QUERY))
                .isInstanceOfSatisfying(
                        XrpcException.class, e -> assertThat(e.retryAt()).isNull());
    }

    @Test
    void serverRequestedWaitCanBeIgnored() {
        fail(1, 503, "Retry-After", "7");
        agent.json(SESSION);
        client(RetryOptions.of(o -> o.maxRetries(1).respectRetryAfter(false))).xrpc(QUERY);
        assertThat(time.waits).containsExactly(ms(375));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "429,Retry-After,7,2026-11-01T12:00:07Z",
                "503,Retry-After,7,2026-11-01T12:00:07Z",
                "429,Retry-After,'Sun, 01 Nov 2026 12:01:00 GMT',2026-11-01T12:01:00Z",
                "429,Retry-After,999999999,2026-11-02T12:00:00Z",
                "429,RateLimit-Reset,1793534460,2026-11-01T12:01:00Z",
                "400,RateLimit-Reset,1793534460,none",
                "429,Retry-After,soon,none",
                "429,X-Other,7,none"
            })
    void retryAtIsTheTimeThatTheServerAsksFor(int status, String header, String value, @Nullable Instant expected) {
        agent.json(status, "{}", header, value);
        assertThatThrownBy(() -> client(RetryOptions.DEFAULTS).xrpc(QUERY))
                .isInstanceOfSatisfying(
                        XrpcException.class, e -> assertThat(e.retryAt()).isEqualTo(expected));
    }

    @Test
    void failuresWithoutAResponseHaveNoRetryAt() {
        agent.then(() -> {
            throw new TransportException("lost", null, true);
        });
        assertThatThrownBy(() -> client(RetryOptions.DEFAULTS).xrpc(QUERY))
                .isInstanceOfSatisfying(
                        XrpcException.class, e -> assertThat(e.retryAt()).isNull());
    }

    // Deadlines

    @Test
    void timeLimitIncludesAllAttempts() {
        fail(1, 503, "Retry-After", "4");
        fail(1, 503, "Retry-After", "5");
        agent.json(SESSION);
        client.xrpc(QUERY, CallOptions.of(o -> o.timeout(Duration.ofSeconds(10))));
        assertThat(agent.timeouts)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(6), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "29"})
    void waitBeyondTheTimeLimitIsNotStarted(String seconds) {
        fail(1, 503, "Retry-After", seconds);
        assertThatThrownBy(() -> client.xrpc(QUERY, CallOptions.of(o -> o.timeout(Duration.ofSeconds(10)))))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void waitThatOversleepsTheLimitEndsTheCall() {
        time.oversleep = Duration.ofSeconds(3);
        fail(1, 503, "Retry-After", "8");
        assertThatThrownBy(() -> client.xrpc(QUERY, CallOptions.of(o -> o.timeout(Duration.ofSeconds(10)))))
                .isInstanceOf(XrpcResponseException.class);
        assertThat(agent.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, 400_000_000, -400_000_000})
    void settingTheClockChangesNoTimeLimit(long seconds) {
        for (int i = 0; i < 4; i++) {
            agent.then(() -> {
                time.setClock(Duration.ofSeconds(seconds));
                throw new TransportException("lost", null, true);
            });
        }
        RetryOptions eager = RetryOptions.of(
                o -> o.maxRetries(10).minDelay(ms(1000)).maxDelay(ms(1000)).factor(1));
        time.random = 1;
        assertThatThrownBy(() -> client.xrpc(
                        QUERY, CallOptions.of(o -> o.timeout(ms(3500)).retries(eager))))
                .isInstanceOf(XrpcTransportException.class);
        assertThat(time.waits).containsExactly(ms(1000), ms(1000), ms(1000));
        assertThat(agent.timeouts).containsExactly(ms(3500), ms(2500), ms(1500), ms(500));
    }

    @Test
    void interruptEndsTheWait() {
        TransportInterruptedException interrupt = new TransportInterruptedException("stop", null, false);
        Client interrupted = new Client(
                agent,
                CallOptions.of(o -> o.retries(3)),
                new TimeSource(
                        Clock.systemUTC(),
                        duration -> {
                            throw interrupt;
                        },
                        () -> 0));
        fail(1, 503);
        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> interrupted.xrpc(QUERY))
                .withCause(interrupt)
                .satisfies(
                        e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(XrpcResponseException.class));
    }

    @Test
    void systemSleeperLeavesTheInterruptFlagSet() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> TimeSource.SYSTEM.sleeper().sleep(Duration.ofHours(1)))
                    .isInstanceOf(TransportInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // Streams and invalid options

    @Test
    void streamsAreRetriedLikeQueries() {
        fail(1, 503);
        agent.respond(200, "image/png", "x");
        Call<?> blob = Call.of(
                GetBlob.QUERY,
                p -> p.did("did:plc:alice").cid("bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4"));
        try (TransportResponse response = client.stream(blob, CallOptions.DEFAULTS)) {
            assertThat(response.status()).isEqualTo(200);
        }
        assertThat(agent.requests).hasSize(2);
    }

    @Test
    void invalidRequestIsNotRetried() {
        Client eager = client(RetryOptions.of(o -> o.maxRetries(3).when((failure, attempts) -> true)));
        assertThatThrownBy(() -> eager.xrpc(QUERY, CallOptions.of(o -> o.encoding("a/b"))))
                .isInstanceOf(XrpcRequestException.class);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void invalidRetryOptionsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RetryOptions.of(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetryOptions.of(o -> o.minDelay(ms(-1)).maxDelay(ms(1)).factor(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetryOptions.of(o -> o.minDelay(ms(2)).maxDelay(ms(1)).factor(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetryOptions.of(o -> o.minDelay(ms(1)).maxDelay(ms(2)).factor(0.9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetryOptions.of(o -> o.minDelay(ms(1)).maxDelay(ms(2)).factor(Double.NaN)));
    }
}
