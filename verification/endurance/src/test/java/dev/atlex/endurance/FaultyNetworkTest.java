package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexMap;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many concurrent calls through a proxy that breaks a share of the requests. */
class FaultyNetworkTest extends EnduranceTest {
    private static final int THREADS = 32;
    private static final double SHARE = 0.2;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final String HANDLE = "faulty.test";
    private static final String COLLECTION = "com.example.note";
    private static final Set<Integer> STATUSES = Set.of(429, 500, 502, 503);

    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> events = new ConcurrentSkipListMap<>();
    private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final AtomicLong longest = new AtomicLong();
    private volatile String longestCall = "";
    private final AtomicLong longestPause = new AtomicLong();
    private final Secrets secrets = new Secrets();
    private final RefreshTracker refreshes = new RefreshTracker();

    @Test
    void calls_endInTimeAndSessionSurvives() throws Exception {
        int calls = Scale.of("calls", 3000, 200_000);
        long start = System.nanoTime();
        // Starts the threads of the shared transport, which outlive the test.
        assertThat(Transport.jdk()).isNotNull();
        Set<Thread> before = threads();
        try (LocalPds pds = LocalPds.start();
                StoreLocation place = StoreLocation.create(StoreLocation.Kind.FILES);
                FaultyProxy proxy =
                        new FaultyProxy(pds.url(), DEADLINE.plus(TOLERANCE).toMillis(), secrets)) {
            TestAccount account = pds.createAccount(HANDLE, Secrets.password(HANDLE));
            pds.setPdsEndpoint(account.did(), proxy.uri());
            pds.behavior().accessTokenLifetime(Duration.ofSeconds(5));
            ExecutorService executor = Executors.newCachedThreadPool();
            runCalls(pds, proxy, place.open(1), executor, account, calls);
            executor.shutdown();

            await("all connections are closed", () -> proxy.open() == 0);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            figures(
                    "faults: %d calls of %d threads in %d s: %s; injected: %s, %d of them into refreshes; events: %s;"
                            + " longest call %d ms (%s), longest pause of the machine %d ms; %d tokens issued; searched"
                            + " %d log records",
                    calls,
                    THREADS,
                    took.toSeconds(),
                    outcomes,
                    proxy.faults(),
                    proxy.refreshFaults(),
                    events,
                    longest.get() / 1_000_000,
                    longestCall,
                    longestPause.get() / 1_000_000,
                    secrets.remembered(),
                    SCANNER.records());
            assertThat(proxy.refreshFaults()).isPositive();
        }
        await("all threads have ended", () -> before.containsAll(threads()));
    }

    /** Runs the calls. This is a separate method, so that nothing keeps the transport reachable afterward. */
    private void runCalls(
            LocalPds pds,
            FaultyProxy proxy,
            SessionStore store,
            ExecutorService executor,
            TestAccount account,
            int calls)
            throws Exception {
        SessionOptions options = SessionOptions.of(o -> o.transport(refreshes.watch(
                        JdkTransport.builder().executor(executor).build()))
                .listener(this::note));
        PasswordSession session = PasswordSession.open(
                Credentials.of(proxy.uri().toString(), HANDLE, account.password()), store, options);
        assertThat(session.target()).isEqualTo(proxy.uri());
        pds.faults().always("com.atproto.server.createSession", Fault.status(500));
        proxy.share(SHARE);
        AtomicInteger left = new AtomicInteger(calls);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(Scale.SEED + i);
            Client client = new Client(session);
            running.add(callers.submit(() -> {
                for (int number = left.decrementAndGet(); number >= 0; number = left.decrementAndGet()) {
                    call(client, number, random);
                }
            }));
        }
        callers.shutdown();
        while (!awaitEnd(callers)) {
            pds.expireAccessTokens();
        }
        for (Future<?> one : running) {
            one.get();
        }
        proxy.share(0);

        assertThat(unexpected).isEmpty();
        assertThat(longest.get() - longestPause.get())
                .as("the longest call, %s, minus the longest pause of the machine", longestCall)
                .isLessThan(DEADLINE.plus(TOLERANCE).toNanos());
        assertThat(session.isEnded()).isFalse();
        // Explicit, because after a failure the next automatic refresh may be delayed.
        assertThat(session.refresh().refreshed()).isTrue();
        new Client(session).call(GetSession.QUERY);
        assertThat(session.isSaved()).isTrue();
        assertThat(store.load(session.did())).isEqualTo(session.data());
        assertThat(session.health().status()).isEqualTo(SessionHealth.Status.ACTIVE);
        assertThat(events)
                .doesNotContainKeys("Ended", "SaveFailed", "LoggedOut")
                .containsKey("Refreshed");
        assertThat(events.get("SignedIn").sum()).isEqualTo(1);
        List<String> texts = new ArrayList<>();
        pds.records(account.did(), COLLECTION).values().forEach(note -> texts.add(note.getString("text")));
        assertThat(texts).doesNotHaveDuplicates().containsAll(created);
        search("a session", session);
        search("its data", session.data());
        search("its health", session.health());
        search("its store", store);
        search("its entry", store.load(SessionStore.Key.session(session.did())));
        search("its options", options);
    }

    /**
     * Waits for the end of the calls, in steps of 0.5 s. Measures how much longer a step takes, because that shows
     * pauses of the machine.
     */
    private boolean awaitEnd(ExecutorService callers) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            if (callers.awaitTermination(25, TimeUnit.MILLISECONDS)) {
                return true;
            }
            long late = System.nanoTime() - start - TimeUnit.MILLISECONDS.toNanos(25);
            longestPause.accumulateAndGet(late, Math::max);
        }
        return false;
    }

    private void call(Client client, int number, Random random) {
        CallOptions options = CallOptions.of(o -> o.timeout(DEADLINE).retries(random.nextInt(3)));
        boolean write = random.nextInt(10) == 0;
        String text = "note " + number;
        refreshes.begin();
        long start = System.nanoTime();
        String outcome;
        try {
            if (write) {
                CallOptions once = options.toBuilder().idempotentCreates(true).build();
                LexMap note = LexMap.builder()
                        .put("$type", COLLECTION)
                        .put("text", text)
                        .build();
                client.createRecord(note, WriteOptions.of(o -> o.call(once)));
                created.add(text);
            } else {
                client.xrpc(Call.of(GetSession.QUERY), options);
            }
            outcome = "result";
        } catch (RuntimeException | Error e) {
            outcome = describe(e);
            if (outcome == null) {
                outcome = "unexpected";
                unexpected.add(Secrets.text(e));
            }
            search("an exception", Secrets.text(e));
        }
        long took = System.nanoTime() - start;
        if (longest.accumulateAndGet(took, Math::max) == took) {
            longestCall = (write ? "create " : "query ") + outcome;
        }
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    /** Classifies a failure. Returns null if it must not happen. */
    private @Nullable String describe(Throwable failure) {
        if (failure instanceof XrpcTransportException lost) {
            return lost.failure().getClass().getSimpleName();
        }
        if (failure instanceof XrpcInvalidResponseException) {
            return "invalid response";
        }
        if (!(failure instanceof XrpcResponseException rejection)) {
            return null;
        }
        if (rejection.is("ExpiredToken")) {
            String reason = refreshes.excuse(DEADLINE);
            return reason == null ? null : "expired token: " + reason;
        }
        return STATUSES.contains(rejection.status()) ? rejection.status() + " " + rejection.error() : null;
    }

    private void note(SessionEvent event) {
        refreshes.note(event);
        search("an event", event);
        if (event instanceof SessionEvent.RefreshFailed failed) {
            search("an event's exception", Secrets.text(failed.failure()));
            assertThat(failed.failure()).isInstanceOf(XrpcException.class);
        }
        events.computeIfAbsent(event.getClass().getSimpleName(), name -> new LongAdder())
                .increment();
    }

    private void search(String where, Object shown) {
        String text = String.valueOf(shown);
        SCANNER.search(where, text);
        if (secrets.hasSignature(text)) {
            unexpected.add("a token's signature in " + where);
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /**
     * Waits while running the garbage collector, because the JDK's HTTP client stops its threads when it becomes
     * unreachable.
     */
    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Map<String, String> alive = new TreeMap<>();
                Thread.getAllStackTraces()
                        .forEach((thread, stack) ->
                                alive.put(thread.getName(), List.of(stack).toString()));
                throw new AssertionError(what + ": didn't happen within a minute (threads: " + alive + ")");
            }
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
