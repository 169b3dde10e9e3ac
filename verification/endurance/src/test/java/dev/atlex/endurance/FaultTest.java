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

/** Many calls over a bad network. */
class FaultTest extends Watched {
    private static final int THREADS = 32;
    private static final double SHARE = 0.2;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final String HANDLE = "unlucky.test";
    private static final String COLLECTION = "com.example.note";
    private static final Set<Integer> STATUSES = Set.of(429, 500, 502, 503);

    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> events = new ConcurrentSkipListMap<>();
    private final Set<String> mistakes = ConcurrentHashMap.newKeySet();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final AtomicLong longest = new AtomicLong();
    private volatile String longestCall = "";
    private final AtomicLong worstHiccup = new AtomicLong();
    private final Secrets secrets = new Secrets();
    private final Renewals renewals = new Renewals();

    @Test
    void eachCallEndsInTimeAndTheSessionLives() throws Exception {
        int calls = Size.of("calls", 3000, 200_000);
        long start = System.nanoTime();
        // The one of the whole program, which stays.
        assertThat(Transport.jdk()).isNotNull();
        Set<Thread> before = threads();
        try (LocalPds pds = LocalPds.start();
                Place place = Place.make(Place.Kind.FILES);
                BadNetwork network =
                        new BadNetwork(pds.url(), DEADLINE.plus(TOLERANCE).toMillis(), secrets)) {
            TestAccount account = pds.createAccount(HANDLE, Secrets.password(HANDLE));
            pds.setPdsEndpoint(account.did(), network.uri());
            pds.behavior().accessTokenLifetime(Duration.ofSeconds(5));
            ExecutorService executor = Executors.newCachedThreadPool();
            use(pds, network, place.open(1), executor, account, calls);
            executor.shutdown();

            await("no connection left", () -> network.open() == 0);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            figures(
                    "%d calls from %d threads in %d s: %s; mishaps: %s, %d of them of refreshes; events: %s; longest call"
                            + " %d ms (%s), longest hiccup of the machine %d ms; %d tokens issued; %d log records searched",
                    calls,
                    THREADS,
                    took.toSeconds(),
                    outcomes,
                    network.mishaps(),
                    network.refreshMishaps(),
                    events,
                    longest.get() / 1_000_000,
                    longestCall,
                    worstHiccup.get() / 1_000_000,
                    secrets.learnt(),
                    WATCH.records());
            assertThat(network.refreshMishaps()).isPositive();
        }
        await("no thread left", () -> before.containsAll(threads()));
    }

    /** In a method of its own, after which nothing refers to the transport any more. */
    private void use(
            LocalPds pds,
            BadNetwork network,
            SessionStore store,
            ExecutorService executor,
            TestAccount account,
            int calls)
            throws Exception {
        SessionOptions options = SessionOptions.of(o -> o.store(store)
                .transport(
                        renewals.watch(JdkTransport.builder().executor(executor).build()))
                .listener(this::note));
        PasswordSession session =
                PasswordSession.open(Credentials.of(network.uri().toString(), HANDLE, account.password()), options);
        assertThat(session.target()).isEqualTo(network.uri());
        pds.faults().always("com.atproto.server.createSession", Fault.status(500));
        network.share(SHARE);
        AtomicInteger left = new AtomicInteger(calls);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
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
        network.share(0);

        assertThat(mistakes).isEmpty();
        assertThat(longest.get() - worstHiccup.get())
                .as(
                        "the longest call, %s, without the longest time in which the machine did not get to it",
                        longestCall)
                .isLessThan(DEADLINE.plus(TOLERANCE).toNanos());
        assertThat(session.isEnded()).isFalse();
        // Forced, as it may have to wait for some time after a failure.
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

    /** Waits for some time, and sees how much longer than it should that takes. */
    private boolean awaitEnd(ExecutorService callers) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            if (callers.awaitTermination(25, TimeUnit.MILLISECONDS)) {
                return true;
            }
            long late = System.nanoTime() - start - TimeUnit.MILLISECONDS.toNanos(25);
            worstHiccup.accumulateAndGet(late, Math::max);
        }
        return false;
    }

    private void call(Client client, int number, Random random) {
        CallOptions options = CallOptions.of(o -> o.timeout(DEADLINE).retries(random.nextInt(3)));
        boolean write = random.nextInt(10) == 0;
        String text = "note " + number;
        renewals.begin();
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
                outcome = "mistake";
                mistakes.add(Secrets.text(e));
            }
            search("an exception", Secrets.text(e));
        }
        long took = System.nanoTime() - start;
        if (longest.accumulateAndGet(took, Math::max) == took) {
            longestCall = (write ? "create " : "query ") + outcome;
        }
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    /** What it is, or null if that must not be. */
    private @Nullable String describe(Throwable failure) {
        if (failure instanceof XrpcTransportException lost) {
            return lost.failure().getClass().getSimpleName();
        }
        if (failure instanceof XrpcInvalidResponseException) {
            return "no XRPC answer";
        }
        if (!(failure instanceof XrpcResponseException refusal)) {
            return null;
        }
        if (refusal.is("ExpiredToken")) {
            String excuse = renewals.excuse(DEADLINE);
            return excuse == null ? null : "expired token: " + excuse;
        }
        return STATUSES.contains(refusal.status()) ? refusal.status() + " " + refusal.error() : null;
    }

    private void note(SessionEvent event) {
        renewals.note(event);
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
        WATCH.search(where, text);
        if (secrets.hasSignature(text)) {
            mistakes.add("a token's signature in " + where);
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** The JDK's client ends when nobody refers to it any more. */
    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Map<String, String> alive = new TreeMap<>();
                Thread.getAllStackTraces()
                        .forEach((thread, stack) ->
                                alive.put(thread.getName(), List.of(stack).toString()));
                throw new AssertionError(what + ": not so after a minute; threads: " + alive);
            }
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
