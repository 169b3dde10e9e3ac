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

/** Helper methods for the tests. */
abstract class StoreTck {
    static final Key ALICE = new Key(Kind.SESSION, "did:plc:alice");
    static final Key BOB = new Key(Kind.SESSION, "did:plc:bob");

    private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());

    protected abstract SessionStore open() throws Exception;

    protected abstract SessionStore openElsewhere() throws Exception;

    protected abstract boolean cutOff() throws Exception;

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
        // A test that failed while it was interrupted must not affect the next one.
        Thread.interrupted();
        for (AutoCloseable store : List.copyOf(opened)) {
            store.close();
        }
    }

    /** Saves a value, and fails the test if the store doesn't save it. */
    static Entry saved(SessionStore store, Key key, long expected, String value) {
        Entry entry = store.save(key, expected, value);
        if (entry == null) {
            throw new AssertionError("not saved over generation " + expected + " of " + key);
        }
        return entry;
    }

    /** Returns all entries of a kind. */
    static List<Entry> all(SessionStore store, Kind kind) {
        List<Entry> entries = new ArrayList<>();
        store.forEach(kind, entries::add);
        return entries;
    }

    /** Returns the counter under a key, or 0 if there is none. */
    static long count(SessionStore store, Key key) {
        Entry entry = store.load(key);
        return entry == null ? 0 : Long.parseLong(entry.value());
    }

    /** Increments the counter under a key, and retries until a save succeeds. */
    static void increment(SessionStore store, Key key) {
        Entry saved;
        do {
            Entry now = store.load(key);
            long generation = now == null ? SessionStore.NONE : now.generation();
            long count = now == null ? 0 : Long.parseLong(now.value());
            saved = store.save(key, generation, Long.toString(count + 1));
        } while (saved == null);
    }

    /** Runs all tasks concurrently, each on its own thread. Returns their results. */
    static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        return together(Executors.newFixedThreadPool(tasks.size()), tasks);
    }

    static <T> List<T> together(ExecutorService executor, List<Callable<T>> tasks) throws Exception {
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return task.call();
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

    /** Returns the stack trace of a throwable and its causes. */
    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
