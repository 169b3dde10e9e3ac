package dev.atlex.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexMap;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process with very many accounts and a small heap. */
final class ManyAccountsProcess {
    private static final String SERVICE = "https://pds.example";
    private static final int WRITERS = 8;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private ManyAccountsProcess() {}

    /** Arguments: the location of the store, the number of stored accounts, the number of accounts to open. */
    public static void main(String[] args) throws Exception {
        SecretScanner watch = SecretScanner.install(System.out::println);
        SessionStore store = new StoreLocation(args[0]).open(WRITERS);
        int stored = Integer.parseInt(args[1]);
        int open = Integer.parseInt(args[2]);
        long start = System.nanoTime();
        fill(store, stored);
        print("stored " + stored, start);

        start = System.nanoTime();
        List<SessionHealth> all = new ArrayList<>(stored);
        store.forEach(SessionStore.Kind.SESSION, entry -> all.add(SessionHealth.of(entry)));
        print("listed " + all.size(), start);
        watch.search("a list", all.subList(0, Math.min(100, all.size())).toString());
        all.clear();

        Transport none = request -> {
            throw new TransportException("unexpected request", null, false);
        };
        SessionOptions options = SessionOptions.of(o -> o.transport(none));
        // Loads everything that all sessions share, so that it isn't counted for one of them.
        search(watch, PasswordSession.open(credentials(stored - 1), store, options));
        long before = used();
        start = System.nanoTime();
        List<PasswordSession> sessions = new ArrayList<>(open);
        for (int i = 0; i < open; i++) {
            sessions.add(PasswordSession.open(credentials(i), store, options));
        }
        print("open " + sessions.size(), start);
        System.out.println("bytes per session besides the tokens " + ((used() - before) / open - tokens()));
        for (PasswordSession session : sessions) {
            search(watch, session);
        }
        sessions.clear();
        pool(watch, store, none, stored, open);
        System.exit(0);
    }

    /** Repeats the measurement with a pool, whose sessions stay open while all stored accounts are listed. */
    private static void pool(SecretScanner watch, SessionStore store, Transport none, int stored, int open)
            throws Exception {
        SessionOptions options = SessionOptions.of(o -> o.transport(none));
        try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.session(options)))) {
            pool.session(Did.of(did(stored - 1)));
            long before = used();
            long start = System.nanoTime();
            for (int i = 0; i < open; i++) {
                search(watch, (PasswordSession) pool.session(Did.of(did(i))));
            }
            print("pool open " + (pool.size() - 1), start);
            System.out.println("pool bytes per session besides the tokens " + ((used() - before) / open - tokens()));

            start = System.nanoTime();
            List<Did> accounts = pool.accounts();
            print("pool accounts " + accounts.size(), start);
            start = System.nanoTime();
            List<SessionHealth> all = new ArrayList<>(stored);
            pool.forEachHealth(all::add);
            print("pool listed " + all.size(), start);
            watch.search(
                    "a pool's list", all.subList(0, Math.min(100, all.size())).toString());
        }
    }

    private static int tokens() {
        return token(did(0), "access").length() + token(did(0), "refresh").length();
    }

    private static Credentials credentials(int number) {
        return Credentials.of(SERVICE, did(number), Secrets.password(did(number)));
    }

    private static void search(SecretScanner watch, PasswordSession session) {
        watch.search("a session", session + " " + session.health() + " " + session.data());
    }

    private static void print(String what, long start) throws InterruptedException {
        System.out.println(what + " in " + (System.nanoTime() - start) / 1_000_000 + " ms, used heap " + (used() >> 20)
                + " MB of " + (Runtime.getRuntime().maxMemory() >> 20));
    }

    /** Returns the used heap after garbage collection. Some objects need more than one collection. */
    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 5; turn++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return least;
    }

    private static void fill(SessionStore store, int count) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            running.add(writers.submit(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    store.save(session(number));
                }
            }));
        }
        writers.shutdown();
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** Returns a unique DID for the number. */
    private static String did(int number) {
        StringBuilder name = new StringBuilder();
        for (int rest = number; name.length() < 24; rest /= 26) {
            name.append((char) ('a' + rest % 26));
        }
        return "did:plc:" + name;
    }

    private static SessionData session(int number) {
        String did = did(number);
        return SessionData.of(LexMap.builder()
                .put("service", SERVICE)
                .put("did", did)
                .put("handle", "account" + number + ".test")
                .put("email", "account" + number + "@mail.test")
                .put("emailConfirmed", true)
                .put("active", true)
                .put("accessJwt", token(did, "access"))
                .put("refreshJwt", token(did, "refresh"))
                .build());
    }

    private static String token(String did, String kind) {
        long now = System.currentTimeMillis() / 1000;
        String claims = "{\"scope\":\"com.atproto." + kind + "\",\"aud\":\"did:web:pds.example\",\"sub\":\"" + did
                + "\",\"jti\":\"0123456789abcdef0123456789abcdef0123456789a\",\"iat\":" + now + ",\"exp\":"
                + (now + 86_400)
                + "}";
        return ENCODER.encodeToString("{\"typ\":\"jwt\",\"alg\":\"HS256\"}".getBytes(UTF_8)) + "."
                + ENCODER.encodeToString(claims.getBytes(UTF_8)) + "." + "s".repeat(43);
    }
}
