package dev.atlex.session.ratelimit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Credentials;
import dev.atlex.session.FakeServer;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.Racing;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.internal.ratelimit.WritePoints;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RateLimiterTest {
    private static final URI HOST = URI.create("https://pds.test");
    private static final Did ALICE = Did.of(FakeServer.DID);
    private static final Did BOB = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");
    private static final String REPO = "/xrpc/com.atproto.repo.";
    private static final AgentRequest READ = AgentRequest.get("/xrpc/app.bsky.feed.getTimeline?limit=3");
    private static final AgentRequest CREATE = AgentRequest.post(REPO + "createRecord", RequestBody.of("{}"));
    private static final AgentRequest DELETE = AgentRequest.post(REPO + "deleteRecord", RequestBody.of("{}"));

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Instant start = clock.instant();
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private final List<AgentRequest> sent = new CopyOnWriteArrayList<>();
    private volatile HttpHeaders headers = HttpHeaders.of();
    private volatile int status = 200;

    private volatile Duration set = Duration.ZERO;

    /** Sets the clock, forward or back: no time passes. */
    private void setClock(Duration by) {
        clock.advance(by);
        set = set.plus(by);
    }

    private long nanoTime() {
        return Duration.between(start, clock.instant()).minus(set).toNanos();
    }

    /** Sleeping moves the clock. */
    private RateLimiter rateLimiter(Consumer<? super RateLimiterOptions.Builder> more) {
        return rateLimiter(more, duration -> {
            slept.add(duration);
            clock.advance(duration);
        });
    }

    private RateLimiter rateLimiter(Consumer<? super RateLimiterOptions.Builder> more, TimeSource.Sleeper sleeper) {
        return RateLimiter.create(RateLimiterOptions.of(options -> {
            options.clock(new TimeSourceClock(new TimeSource(clock, this::nanoTime, sleeper, () -> 1)));
            more.accept(options);
        }));
    }

    private RateLimiter rateLimiter() {
        return rateLimiter(none -> {});
    }

    private Agent agent(Did did) {
        return new Agent() {
            @Override
            public Did did() {
                return did;
            }

            @Override
            public TransportResponse send(AgentRequest request) {
                sent.add(request);
                return TransportResponse.of(status, headers, new byte[0]);
            }
        };
    }

    private Agent alice(RateLimiter rateLimiter) {
        return rateLimiter.wrap(agent(ALICE), HOST);
    }

    private static void times(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }

    private static AgentRequest applyWrites(int creates, int updates, int deletes) {
        List<String> writes = new ArrayList<>();
        times(creates, () -> writes.add("create"));
        times(updates, () -> writes.add("update"));
        times(deletes, () -> writes.add("delete"));
        String json = "{\"repo\":\"" + ALICE + "\",\"writes\":["
                + String.join(
                        ",",
                        writes.stream()
                                .map(one -> "{\"$type\":\"com.atproto.repo.applyWrites#" + one + "\"}")
                                .toList())
                + "]}";
        return AgentRequest.post(REPO + "applyWrites", RequestBody.of(json));
    }

    private void tells(int told, long limit, long remaining, Instant reset, long window) {
        status = told;
        headers = HttpHeaders.of("RateLimit-Limit", Long.toString(limit)).toBuilder()
                .set("RateLimit-Remaining", Long.toString(remaining))
                .set("RateLimit-Reset", Long.toString(reset.getEpochSecond()))
                .set("RateLimit-Policy", limit + ";w=" + window)
                .build();
    }

    private void tellsNothing() {
        status = 200;
        headers = HttpHeaders.of();
    }

    @ParameterizedTest
    @CsvSource({"createRecord,3", "putRecord,2", "deleteRecord,1", "uploadBlob,0", "getRecord,0"})
    void writePoints_matchTheReferenceServer(String method, int points) {
        assertThat(WritePoints.of(AgentRequest.post(REPO + method, RequestBody.of("{}"))))
                .isEqualTo(points);
    }

    @Test
    void applyWrites_costsTheSumOfItsWrites() {
        assertThat(WritePoints.of(applyWrites(2, 3, 4))).isEqualTo(2 * 3 + 3 * 2 + 4);
        assertThat(WritePoints.of(applyWrites(0, 0, 0))).isZero();
    }

    @Test
    void bodyReadableOnce_countsAsOneRecord() throws Exception {
        ByteArrayInputStream stream = new ByteArrayInputStream("{\"writes\":[]}".getBytes(UTF_8));
        AgentRequest request = AgentRequest.post(REPO + "applyWrites", RequestBody.ofStream(stream));

        assertThat(WritePoints.of(request)).isEqualTo(RateLimiter.CREATE);
        assertThat(stream.available()).isEqualTo(13);
        assertThat(WritePoints.of(AgentRequest.post(REPO + "applyWrites", RequestBody.of("[]"))))
                .isEqualTo(RateLimiter.CREATE);
    }

    @Test
    void account_writes5000PointsAnHour() {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter.failFast());

        times(1666, () -> agent.send(CREATE)); // 4998
        times(2, () -> agent.send(DELETE));

        assertThatThrownBy(() -> agent.send(DELETE))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAt()).isEqualTo(start.plus(Duration.ofHours(1))));
        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 1)).isEqualTo(start.plus(Duration.ofHours(1)));
        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 0)).isEqualTo(start);
        assertThat(rateLimiter.nextAllowedAt(BOB, HOST, 3)).isEqualTo(start);
        assertThat(sent).hasSize(1668);
        agent.send(READ);
        clock.advance(Duration.ofHours(1));
        assertThatCode(() -> agent.send(CREATE)).doesNotThrowAnyException();
    }

    @Test
    void account_writes35000PointsADay() {
        Agent agent =
                alice(rateLimiter(options -> options.hostLimits(List.of())).failFast());
        for (int hour = 0; hour < 7; hour++) {
            times(25, () -> agent.send(applyWrites(0, 0, 200)));
            clock.advance(Duration.ofHours(1));
        }

        assertThatThrownBy(() -> agent.send(DELETE))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAt()).isEqualTo(start.plus(Duration.ofDays(1))));
    }

    @Test
    void hostLimit_isSharedByAllAccounts() {
        RateLimiter rateLimiter = rateLimiter().failFast();
        Agent bob = rateLimiter.wrap(agent(BOB), HOST);
        times(1500, () -> alice(rateLimiter).send(READ));
        times(1500, () -> bob.send(READ));

        assertThatThrownBy(() -> bob.send(READ)).isInstanceOf(RateLimitedException.class);
        assertThatThrownBy(() -> alice(rateLimiter).send(READ)).isInstanceOf(RateLimitedException.class);
        rateLimiter.wrap(agent(BOB), URI.create("https://other.test")).send(READ);
        // Downloads of repositories have a separate limit.
        alice(rateLimiter).send(AgentRequest.get("/xrpc/com.atproto.sync.getRepo?did=" + ALICE));
    }

    @Test
    void limitedWrite_costsNothingAtOtherLimits() {
        RateLimiter rateLimiter =
                rateLimiter(options -> options.hostLimits(List.of(new RateLimitRule(2, Duration.ofMinutes(5)))));
        Agent agent = alice(rateLimiter.failFast());
        times(2, () -> agent.send(READ));
        times(2000, () -> assertThatThrownBy(() -> agent.send(CREATE)).isInstanceOf(RateLimitedException.class));
        clock.advance(Duration.ofMinutes(5));

        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 5000)).isEqualTo(clock.instant());
    }

    @Test
    void request_waitsForTheWindowWithinItsTimeout() {
        Agent agent =
                alice(rateLimiter(options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofMinutes(1))))));
        agent.send(READ);
        clock.advance(Duration.ofSeconds(20));

        agent.send(READ.withTimeout(Duration.ofSeconds(50)));

        assertThat(slept).hasSize(1);
        assertThat(slept.get(0)).isBetween(Duration.ofSeconds(40), Duration.ofMillis(40_001));
        assertThat(sent.get(1).timeout()).isBetween(Duration.ofMillis(9_998), Duration.ofSeconds(10));
    }

    @Test
    void request_failsAtOnceIfTheWaitIsTooLong() {
        Agent agent =
                alice(rateLimiter(options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofMinutes(1))))
                        .maxWait(Duration.ofSeconds(30))));
        agent.send(READ);

        assertThatThrownBy(() -> agent.send(READ.withTimeout(Duration.ofSeconds(59))))
                .isInstanceOf(RateLimitedException.class);
        assertThatThrownBy(() -> agent.send(READ)).isInstanceOf(RateLimitedException.class);
        assertThat(slept).isEmpty();
        assertThat(sent).hasSize(1);
    }

    @Test
    void request_beyondTheLimit_takesTheWholeWindow() {
        Agent agent = alice(
                rateLimiter(options -> options.writeLimits(List.of(new RateLimitRule(5, Duration.ofMinutes(1))))));

        agent.send(applyWrites(10, 0, 0));
        agent.send(applyWrites(10, 0, 0));

        assertThat(slept).hasSize(1);
    }

    @Test
    void headers_reportUseByOtherProcesses() {
        Agent agent = alice(rateLimiter().failFast());
        tells(200, 5000, 4, start.plusSeconds(600), 3600);
        agent.send(CREATE);
        tellsNothing();

        agent.send(CREATE);
        agent.send(READ);
        assertThatThrownBy(() -> agent.send(CREATE))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(start.plusSeconds(601)));
    }

    @Test
    void responsesOutOfOrder_returnNoPoints() {
        RateLimiter rateLimiter = rateLimiter();
        Agent inner = alice(rateLimiter);
        Agent outer = new Agent() {
            @Override
            public Did did() {
                return ALICE;
            }

            @Override
            public TransportResponse send(AgentRequest request) {
                tells(200, 5000, 0, start.plusSeconds(600), 3600);
                inner.send(DELETE);
                tells(200, 5000, 1, start.plusSeconds(600), 3600);
                return TransportResponse.of(200, headers, new byte[0]);
            }
        };

        rateLimiter.wrap(outer, HOST).send(DELETE);

        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 1)).isEqualTo(start.plusSeconds(601));
    }

    @Test
    void headers_reportingMoreRoom_areBelieved() {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter.failFast());
        times(1666, () -> agent.send(CREATE));
        // The server's window started with a write of another process, and has just ended.
        tells(200, 5000, 4998, start.plusSeconds(3000), 3600);
        agent.send(DELETE);

        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 4998)).isEqualTo(start);
        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 4999)).isEqualTo(start.plusSeconds(3001));
    }

    @Test
    void reset_isRelativeToTheServersClock() {
        Agent agent = alice(rateLimiter().failFast());
        Instant theirs = start.plus(Duration.ofDays(40));
        tells(200, 5000, 0, theirs.plusSeconds(600), 3600);
        headers =
                headers.toBuilder().set("Date", "Fri, 10 Apr 2026 12:00:00 GMT").build();
        agent.send(CREATE);

        assertThat(refusal(agent, CREATE).retryAt()).isEqualTo(start.plusSeconds(601));
    }

    @Test
    void status429_closesTheLimitUntilReset() {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter.failFast());
        tells(429, 3000, 0, start.plusSeconds(100), 300);
        headers = headers.toBuilder().set("Retry-After", "90").build();
        agent.send(READ);
        tellsNothing();

        assertThat(refusal(agent, READ).retryAt()).isEqualTo(start.plusSeconds(90));
        assertThat(refusal(rateLimiter.failFast().wrap(agent(BOB), HOST), CREATE)
                        .retryAt())
                .isEqualTo(start.plusSeconds(90));
        clock.advance(Duration.ofSeconds(90));
        agent.send(READ);
        assertThat(sent).hasSize(2);
    }

    @Test
    void unknownLimit_appliesToMethodAndAccount() {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter.failFast());
        AgentRequest upload = AgentRequest.post(REPO + "uploadBlob", RequestBody.of("x"));
        tells(200, 1000, 1, start.plusSeconds(7000), 86400);
        agent.send(upload);
        tellsNothing();

        agent.send(upload);
        assertThat(refusal(agent, upload).retryAt()).isEqualTo(start.plusSeconds(7001));
        agent.send(READ);
        rateLimiter.failFast().wrap(agent(BOB), HOST).send(upload);
        clock.advance(Duration.ofSeconds(7001));
        agent.send(upload);
    }

    @Test
    void status429WithoutHeaders_backsOff() {
        Agent agent = alice(rateLimiter().failFast());
        status = 429;
        agent.send(READ);
        assertThat(refusal(agent, READ).retryAt()).isEqualTo(start.plusSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        agent.send(READ);
        assertThat(refusal(agent, READ).retryAt()).isEqualTo(start.plusSeconds(15));
        clock.advance(Duration.ofSeconds(10));
        status = 200;
        agent.send(READ);
        status = 429;
        agent.send(READ);
        assertThat(refusal(agent, READ).retryAt()).isEqualTo(clock.instant().plusSeconds(5));
        agent.send(CREATE.withTimeout(null));
    }

    @Test
    void requestThatWasNotSent_costsNothing() {
        RateLimiter rateLimiter =
                rateLimiter(options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofHours(1)))));
        for (boolean processed : new boolean[] {false, true}) {
            Agent broken = new Agent() {
                @Override
                public Did did() {
                    return ALICE;
                }

                @Override
                public TransportResponse send(AgentRequest request) {
                    throw new TransportException("broken", null, processed);
                }
            };
            assertThatThrownBy(() -> rateLimiter.failFast().wrap(broken, HOST).send(READ))
                    .isInstanceOf(TransportException.class);
            assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 0).equals(start)).isEqualTo(!processed);
        }
    }

    @Test
    void waiters_areServedInOrder() throws Exception {
        Semaphore finished = new Semaphore(0);
        RateLimiter rateLimiter = rateLimiter(
                options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofMinutes(1)))), duration -> {
                    slept.add(duration);
                    finished.acquireUninterruptibly();
                    clock.advance(duration);
                });
        Agent agent = alice(rateLimiter);
        agent.send(READ);
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            AgentRequest request =
                    AgentRequest.get("/xrpc/app.bsky.feed.get" + i).withTimeout(Duration.ofHours(1));
            Thread waiter = new Thread(() -> {
                agent.send(request);
                finished.release();
            });
            waiter.start();
            waiters.add(waiter);
            Racing.awaitBlocked(waiter);
        }
        finished.release();
        for (Thread waiter : waiters) {
            waiter.join();
        }

        assertThat(sent.stream().skip(1).map(AgentRequest::path))
                .containsExactly(
                        "/xrpc/app.bsky.feed.get0",
                        "/xrpc/app.bsky.feed.get1",
                        "/xrpc/app.bsky.feed.get2",
                        "/xrpc/app.bsky.feed.get3",
                        "/xrpc/app.bsky.feed.get4",
                        "/xrpc/app.bsky.feed.get5");
        // Each waiter read the clock when it became the first, and slept once.
        assertThat(slept).hasSize(6);
    }

    @Test
    void interruptedWaiter_letsTheNextOneProceed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        RateLimiter rateLimiter = rateLimiter(
                options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofMinutes(1)))), duration -> {
                    slept.add(duration);
                    awaitQuietly(open);
                    clock.advance(duration);
                });
        Agent agent = alice(rateLimiter);
        agent.send(READ);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Boolean> flags = new CopyOnWriteArrayList<>();
        Runnable call = () -> {
            try {
                agent.send(READ.withTimeout(Duration.ofHours(1)));
            } catch (TransportInterruptedException e) {
                failures.add(e);
                flags.add(Thread.currentThread().isInterrupted());
            }
        };
        List<Thread> waiters = List.of(new Thread(call), new Thread(call), new Thread(call));
        for (Thread waiter : waiters) {
            waiter.start();
            Racing.awaitBlocked(waiter);
        }
        waiters.get(0).interrupt(); // sleeping
        waiters.get(1).interrupt(); // queued
        waiters.get(0).join();
        waiters.get(1).join();
        open.countDown();
        waiters.get(2).join();

        assertThat(failures).hasSize(2).allMatch(e -> !((TransportException) e).requestMayHaveBeenProcessed());
        assertThat(flags).containsExactly(true, true);
        assertThat(sent).hasSize(2);
        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 0))
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void queuedWaiter_givesUpAtItsTimeout() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        RateLimiter rateLimiter = rateLimiter(
                options -> options.hostLimits(List.of(new RateLimitRule(1, Duration.ofMillis(1_500)))),
                duration -> awaitQuietly(open));
        Agent agent = alice(rateLimiter);
        agent.send(READ);
        Thread first = new Thread(() -> agent.send(READ.withTimeout(Duration.ofHours(1))));
        first.start();
        Racing.awaitBlocked(first);

        // There would be capacity in time, but another waiter is ahead and never finishes.
        assertThatThrownBy(() -> agent.send(READ.withTimeout(Duration.ofMillis(1_600))))
                .isInstanceOf(RateLimitedException.class);
        clock.advance(Duration.ofMillis(1_500));
        open.countDown();
        first.join();
        assertThat(sent).hasSize(2);
    }

    @Test
    void manyThreads_stayWithinTheLimit() throws Exception {
        RateLimiter rateLimiter =
                rateLimiter(options -> options.hostLimits(List.of(new RateLimitRule(100, Duration.ofHours(1)))));
        Agent agent = alice(rateLimiter.failFast());

        List<Throwable> failures = Racing.all(16, () -> {
            for (int i = 0; i < 50; i++) {
                try {
                    agent.send(READ);
                } catch (RateLimitedException e) {
                    // 700 of them
                }
            }
            return null;
        });

        assertThat(failures).containsOnlyNulls();
        assertThat(sent).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600, -86_400_000, 86_400_000})
    void settingTheClock_changesNoWait(long seconds) {
        RateLimiter rateLimiter = rateLimiter(options ->
                options.writeLimits(List.of()).hostLimits(List.of(new RateLimitRule(1, Duration.ofMinutes(5)))));
        Agent agent = alice(rateLimiter);
        agent.send(READ.withTimeout(Duration.ofHours(1)));
        setClock(Duration.ofSeconds(seconds));

        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 0))
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
        agent.send(READ.withTimeout(Duration.ofHours(1)));

        assertThat(slept).hasSize(1);
        assertThat(slept.get(0))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusMillis(1));
        assertThat(sent.get(1).timeout()).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(55));
    }

    /** A server may report a window that ends in the year 9999, or lasts for 31 years. */
    @ParameterizedTest
    @CsvSource({
        "200,253402300799,300",
        "200,253402300799,999999999",
        "429,253402300799,300",
        "429,253402300799,999999999",
        "200,99999999999,86400"
    })
    void server_holdsRequestsBackForADayAtMost(int answer, long reset, long window) {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter);
        tells(answer, 3000, 0, Instant.ofEpochSecond(reset), window);
        agent.send(READ.withTimeout(Duration.ofDays(5)));
        tellsNothing();
        agent.send(READ.withTimeout(Duration.ofDays(5)));

        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofHours(23), Duration.ofDays(1).plusSeconds(2));
        assertThat(sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999",
                "9223372036854775807",
                "99999999999999999999",
                "-1",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Fri, 31 Dec 999999999 23:59:59 GMT",
                "1e9",
                "0x7fffffff",
                ""
            })
    void invalidRetryAfter_isBounded(String retryAfter) {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter);
        status = 429;
        headers = HttpHeaders.of("Retry-After", retryAfter);
        agent.send(READ.withTimeout(Duration.ofDays(5)));
        tellsNothing();
        agent.send(READ.withTimeout(Duration.ofDays(5)));

        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThan(Duration.ofDays(1).plusSeconds(2));
        assertThat(sent).hasSize(2);
    }

    @Test
    void timeoutOfTheCall_endsTheWait() {
        RateLimiter rateLimiter = rateLimiter();
        Agent agent = alice(rateLimiter);
        tells(429, 3000, 0, start.plus(Duration.ofHours(3)), 300);
        agent.send(READ);
        assertThatThrownBy(() -> agent.send(READ.withTimeout(Duration.ofSeconds(30))))
                .isInstanceOf(RateLimitedException.class);
        assertThat(slept).isEmpty();
    }

    @Test
    void request_withRoom_doesNotSleep() {
        RateLimiter rateLimiter = RateLimiter.create(RateLimiterOptions.of(
                options -> options.clock(new TimeSourceClock(new TimeSource(Clock.systemUTC(), slept::add, () -> 1)))));
        Agent agent = alice(rateLimiter);

        times(1000, () -> agent.send(READ.withTimeout(Duration.ofSeconds(30))));

        assertThat(slept).isEmpty();
    }

    @Test
    void idleAccounts_areDropped() {
        RateLimiter rateLimiter = rateLimiter(options -> options.hostLimits(List.of()));
        for (int i = 0; i < 5000; i++) {
            rateLimiter.wrap(agent(Did.of("did:web:a" + i + ".test")), HOST).send(CREATE);
            clock.advance(Duration.ofMinutes(5));
        }

        // The accounts of one day: 288 with two limits each, and those since the last sweep.
        assertThat(rateLimiter.size()).isLessThan(2100);
    }

    @Test
    void invalidLimits_areRejected() {
        assertThatThrownBy(() -> new RateLimitRule(0, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimitRule(1, Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimiterOptions.of(o -> o.maxWait(Duration.ofMillis(-1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The server reports its counts: it rejects nothing, and the limiter delays nothing needlessly. */
    @Test
    void limitedServer_neverHasToReject() {
        try (LocalPds pds = LocalPds.start(o -> o.clock(clock))) {
            pds.behavior().rateLimits(true);
            TestAccount account = pds.createAccount("alice.test", "password");
            PasswordSession session = PasswordSession.login(
                    Credentials.of(pds.url().toString(), "alice.test", "password"),
                    SessionOptions.of(o -> o.clock(new TimeSourceClock(new TimeSource(clock, slept::add, () -> 1)))));
            RateLimiter rateLimiter = rateLimiter();
            Agent governed = rateLimiter.wrap(session);
            // Another process uses half of it.
            times(830, () -> create(session, account));
            times(840, () -> create(governed, account));

            assertThat(slept).hasSize(1);
            assertThat(slept.get(0)).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
            assertThat(pds.requests("com.atproto.repo.createRecord")).hasSize(1670);
            assertThat(pds.records(account.did(), "com.example.note")).hasSize(1670);
        }
    }

    private static void create(Agent agent, TestAccount account) {
        agent.send(AgentRequest.post(
                                REPO + "createRecord",
                                RequestBody.of(
                                        "{\"repo\":\"" + account.did()
                                                + "\",\"collection\":\"com.example.note\",\"record\":{\"$type\":\"com.example.note\"}}"))
                        .withTimeout(Duration.ofHours(2))
                        .withHeaders(HttpHeaders.of("content-type", "application/json")))
                .close();
    }

    private static RateLimitedException refusal(Agent agent, AgentRequest request) {
        try {
            agent.send(request);
        } catch (RateLimitedException e) {
            return e;
        }
        throw new AssertionError("it was sent");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(50, TimeUnit.SECONDS)) {
                throw new AssertionError("unexpected read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted", e, false);
        }
    }

    @Test
    void hugeDurations_meanNever() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        RateLimiter rateLimiter = rateLimiter(options ->
                options.hostLimits(List.of(new RateLimitRule(1, huge))).maxWait(huge));
        Agent agent = alice(rateLimiter);
        agent.send(READ);
        assertThat(rateLimiter.nextAllowedAt(ALICE, HOST, 0)).isAfter(start.plus(Duration.ofDays(3650)));
        assertThatThrownBy(() -> alice(rateLimiter.failFast()).send(READ)).isInstanceOf(RateLimitedException.class);
    }
}
