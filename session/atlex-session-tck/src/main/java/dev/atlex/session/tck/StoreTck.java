package dev.atlex.session.tck;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the parts of the contract share. */
abstract class StoreTck {
    static final Key ALICE = new Key(Kind.SESSION, "did:plc:alice");
    static final Key BOB = new Key(Kind.SESSION, "did:plc:bob");

    private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());

    protected abstract SessionStore open() throws Exception;

    protected abstract SessionStore openElsewhere() throws Exception;

    final SessionStore store() throws Exception {
        return kept(open());
    }

    final SessionStore elsewhere() throws Exception {
        return kept(openElsewhere());
    }

    private SessionStore kept(SessionStore store) {
        if (store instanceof AutoCloseable closeable) {
            opened.add(closeable);
        }
        return store;
    }

    /** Closes the stores that a test has opened. */
    @AfterEach
    public final void closeStores() throws Exception {
        // The flag of a test that failed in the midst must not spoil the next.
        Thread.interrupted();
        for (AutoCloseable store : List.copyOf(opened)) {
            store.close();
        }
    }

    /** The entry of a save that has to succeed. */
    static Entry saved(SessionStore store, Key key, long expected, String value) {
        Entry entry = store.save(key, expected, value);
        if (entry == null) {
            throw new AssertionError("not saved over generation " + expected + " of " + key);
        }
        return entry;
    }

    /** All entries of a kind. */
    static List<Entry> all(SessionStore store, Kind kind) {
        List<Entry> entries = new ArrayList<>();
        store.forEach(kind, entries::add);
        return entries;
    }

    /** A number that counts up under a key; 0 where nothing is. */
    static long count(SessionStore store, Key key) {
        Entry entry = store.load(key);
        return entry == null ? 0 : Long.parseLong(entry.value());
    }

    /** Adds one to the number under a key, as often as it takes. */
    static void increment(SessionStore store, Key key) {
        Entry saved;
        do {
            Entry now = store.load(key);
            long generation = now == null ? SessionStore.NONE : now.generation();
            long count = now == null ? 0 : Long.parseLong(now.value());
            saved = store.save(key, generation, Long.toString(count + 1));
        } while (saved == null);
    }

    /** Runs all at once, each on a thread of its own, and gives what they return. */
    static <T> List<T> together(List<Callable<T>> codes) throws Exception {
        return together(Executors.newFixedThreadPool(codes.size()), codes);
    }

    static <T> List<T> together(ExecutorService executor, List<Callable<T>> codes) throws Exception {
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> code : codes) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return code.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                try {
                    results.add(future.get(120, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** A throwable with its whole chain of causes. */
    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
