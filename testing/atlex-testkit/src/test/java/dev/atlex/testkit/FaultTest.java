package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultTest {
    private static final String CREATE_RECORD = "com.atproto.repo.createRecord";
    private static final String DESCRIBE = "com.atproto.server.describeServer";
    private static final MutableClock CLOCK = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.clock(CLOCK));

    private LocalPds pds;
    private Http http;
    private TestAccount alice;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        this.pds = pds;
        http = new Http(pds);
        this.alice = alice;
        token = http.login(alice).string("accessJwt");
    }

    private Http.Reply write() {
        return http.post(
                CREATE_RECORD, token, "{'repo':'" + alice.did() + "','collection':'com.example.x','record':{}}");
    }

    private int written() {
        return pds.records(alice.did(), "com.example.x").size();
    }

    @Test
    void drop_beforeOrAfterProcessing() {
        pds.faults().inject(CREATE_RECORD, 1, Fault.dropBeforeProcessing());
        assertThatThrownBy(this::write).isInstanceOf(UncheckedIOException.class);
        assertThat(written()).isZero();
        assertThat(pds.faults().exhausted()).isTrue();

        pds.faults().next(Fault.dropAfterProcessing());
        assertThatThrownBy(this::write).isInstanceOf(UncheckedIOException.class);
        assertThat(written()).isEqualTo(1);
        assertThat(pds.requests(CREATE_RECORD))
                .extracting(RecordedRequest::status)
                .containsExactly(0, 0);
        assertThat(write().status()).isEqualTo(200);
    }

    @Test
    void truncatedBody_isProcessed() {
        pds.faults().next(CREATE_RECORD, Fault.truncatedBody());
        assertThatThrownBy(this::write).isInstanceOf(UncheckedIOException.class);
        assertThat(written()).isEqualTo(1);
    }

    @Test
    void replacedResponse_isNotProcessed() {
        pds.faults()
                .next(CREATE_RECORD, Fault.status(500))
                .next(CREATE_RECORD, Fault.status(503, "NotNow", "later"))
                .next(CREATE_RECORD, Fault.html(502))
                .next(CREATE_RECORD, Fault.garbageJson())
                .next(CREATE_RECORD, Fault.redirect(URI.create("https://evil.test/")))
                .next(CREATE_RECORD, Fault.hugeBody(100_000));

        Http.Reply empty = write();
        assertThat(empty.status()).isEqualTo(500);
        assertThat(empty.text()).isEmpty();
        assertThat(write().error()).isEqualTo("503 NotNow: later");
        Http.Reply html = write();
        assertThat(html.status()).isEqualTo(502);
        assertThat(html.header("content-type")).startsWith("text/html");
        Http.Reply garbage = write();
        assertThat(garbage.status()).isEqualTo(200);
        assertThatThrownBy(garbage::json).isInstanceOf(RuntimeException.class);
        Http.Reply redirect = write();
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("location")).isEqualTo("https://evil.test/");
        assertThat(write().response().body()).hasSize(100_000);
        assertThat(written()).isZero();
    }

    @Test
    void emptyBodyAndWrongContentType_areProcessed() {
        pds.faults().next(Fault.emptyBody()).next(Fault.wrongContentType("text/plain"));
        assertThat(write().text()).isEmpty();
        Http.Reply reply = write();
        assertThat(reply.header("content-type")).isEqualTo("text/plain");
        assertThat(reply.json().getString("uri")).startsWith("at://");
        assertThat(written()).isEqualTo(2);
    }

    @Test
    void rateLimited_hasHeadersOfRealLimits() {
        pds.faults().next(Fault.rateLimited(42));
        Http.Reply reply = write();
        assertThat(reply.error()).isEqualTo("429 RateLimitExceeded: Rate Limit Exceeded");
        assertThat(reply.header("retry-after")).isEqualTo("42");
        assertThat(reply.header("ratelimit-reset"))
                .isEqualTo(Long.toString(CLOCK.instant().getEpochSecond() + 42));
        assertThat(reply.header("ratelimit-remaining")).isEqualTo("0");
    }

    @Test
    void inject_affectsOnlyItsMethodAndCount() {
        pds.faults().inject(CREATE_RECORD, 2, Fault.status(500));
        assertThat(http.get(DESCRIBE, null).status()).isEqualTo(200);
        assertThat(List.of(write().status(), write().status(), write().status()))
                .containsExactly(500, 500, 200);
        pds.faults().always(CREATE_RECORD, Fault.status(500));
        assertThat(List.of(write().status(), write().status())).containsExactly(500, 500);
        pds.faults().clear();
        assertThat(write().status()).isEqualTo(200);
    }

    @Test
    void inject_matchesPath() {
        pds.faults().next("/" + alice.did(), Fault.status(503));
        assertThat(http.get(DESCRIBE, null).status()).isEqualTo(200);
        assertThat(http.send(http.request("/" + alice.did(), null)).status()).isEqualTo(503);
        assertThat(http.send(http.request("/" + alice.did(), null)).status()).isEqualTo(200);
        assertThat(pds.count("/" + alice.did())).isEqualTo(2);
    }

    @Test
    void inject_seededRandomIsRepeatable() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            pds.faults().clear().inject(DESCRIBE, 0.5, new Random(7), Fault.status(500));
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                statuses.add(http.get(DESCRIBE, null).status());
            }
            runs.add(statuses);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 500);
    }

    @Test
    void delay_requestIsLoggedBeforeItsResponse() throws Exception {
        LocalPds slow = LocalPds.start();
        slow.faults().next(DESCRIBE, Fault.delay(Duration.ofMinutes(10)));
        CompletableFuture<Http.Reply> call = CompletableFuture.supplyAsync(() -> new Http(slow).get(DESCRIBE, null));

        assertThat(slow.awaitRequests(DESCRIBE, 1, Duration.ofSeconds(10)))
                .singleElement()
                .extracting(RecordedRequest::status)
                .isEqualTo(0);
        assertThat(call).isNotDone();
        slow.close(); // doesn't wait for ten minutes
        assertThat(call.handle((reply, e) -> e != null).get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void after_delaysTheFault() {
        pds.faults().next(DESCRIBE, Fault.status(500).after(Duration.ofMillis(30)));
        long start = System.nanoTime();
        assertThat(http.get(DESCRIBE, null).status()).isEqualTo(500);
        assertThat(System.nanoTime() - start).isGreaterThan(30_000_000);
    }

    @Test
    void inject_invalidArgumentsAreRejected() {
        assertThatThrownBy(() -> pds.faults().inject(DESCRIBE, 0, Fault.emptyBody()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pds.faults().inject(DESCRIBE, 1.5, new Random(1), Fault.emptyBody()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.hugeBody(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.delay(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pds.behavior().accessTokenLifetime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
