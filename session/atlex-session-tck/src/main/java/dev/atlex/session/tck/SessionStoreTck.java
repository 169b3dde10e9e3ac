package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that every {@link SessionStore} must pass. To test a store, extend this class next to the store's own
 * tests:
 *
 * <pre>{@code
 * class MySessionStoreTest extends SessionStoreTck {
 *     private final Storage storage = Storage.empty();
 *
 *     @Override
 *     protected SessionStore open() {
 *         return new MySessionStore(storage);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Setup.</b> Add {@code atlex-session-tck} with scope {@code test}; it depends on JUnit Jupiter and AssertJ.
 * JUnit creates one object of the class for each test. Each test must start with an empty storage: create it in a field
 * or in a {@code @BeforeEach} method. A store that is {@link AutoCloseable} is closed after the test.
 *
 * <p><b>Methods to implement.</b> Only {@link #open()} is required. The other methods enable more tests:
 * {@link #openElsewhere()} for a second path to the storage, {@link #breakStorage()} for failures, {@link #cutOff()}
 * for lost connections, and {@link #process()} for other processes. Tests that need a method that you don't implement
 * are skipped, and the report gives the reason.
 *
 * <p><b>Coverage.</b>
 *
 * <ul>
 *   <li>Entries: generations, concurrent saves and deletes, every character of keys and values, the size limit, listing
 *       while others write.
 *   <li>Interrupts: a save completes, but a wait for a lease ends.
 *   <li>Leases: mutual exclusion of threads, store objects and processes, even if the holder loses its connection;
 *       waiting; release after a process is killed.
 *   <li>Secrets: no value appears in an exception or a {@code toString()}.
 *   <li>Sessions on top of the store: entries that aren't sessions, and sessions of one account at two services.
 *   <li>Cursors on top of the store: names, generations, and one consumer at a time.
 * </ul>
 *
 * <p>The tests need no network. The whole class takes a few seconds with an in-memory store.
 */
@Timeout(180)
public abstract class SessionStoreTck extends CursorTck {
    /** Creates the tests. For subclasses. */
    protected SessionStoreTck() {}

    /**
     * Opens a store on the test's storage. Tests call this several times, from any thread. All stores of one test share
     * the storage and nothing else. If a store holds its storage itself, such as an in-memory store, return the same
     * object each time.
     *
     * @throws Exception if it can't be opened; the test fails
     */
    @Override
    protected abstract SessionStore open() throws Exception;

    /**
     * Opens a store on the same storage by a different path, if there is one: a symbolic link to the folder, or another
     * connection pool. Calls {@link #open()} by default.
     *
     * @throws Exception if it can't be opened; the test fails
     */
    @Override
    protected SessionStore openElsewhere() throws Exception {
        return open();
    }

    /**
     * Makes the storage fail for the rest of the test: moves the folder away, or stops the server. Does nothing by
     * default.
     *
     * @return whether the storage fails now; if not, the test is skipped
     * @throws Exception if breaking the storage failed; the test fails
     */
    @Override
    protected boolean breakStorage() throws Exception {
        return false;
    }

    /**
     * Breaks the connections of the stores that {@link #open()} has returned, for the rest of the test, as a network
     * failure would. The stores from {@link #openElsewhere()} must keep theirs. Does nothing by default, for storage
     * without connections.
     *
     * @return whether the connections are broken; if not, the test is skipped
     * @throws Exception if breaking them failed; the test fails
     */
    @Override
    protected boolean cutOff() throws Exception {
        return false;
    }

    /**
     * Returns how another process opens the test's storage. Empty by default, for storage that other processes can't
     * reach. In that case, the tests that need other processes are skipped.
     *
     * @throws Exception if that can't be determined; the test fails
     */
    protected Optional<StoreProcess> process() throws Exception {
        return Optional.empty();
    }

    @Test
    public void lease_processKilled_isReleased() throws Exception {
        StoreProcess process = processOrSkip();
        SessionStore store = store();
        try (ChildJvm child = ChildJvm.start(process, "hold")) {
            child.await("holds");
            assertThat(store.acquireLease(ALICE, Duration.ofMinutes(5), Duration.ZERO))
                    .as("held by the other process")
                    .isNull();
            assertThat(store.acquireLease(BOB, Duration.ofMinutes(5), Duration.ZERO))
                    .isNotNull();
            child.kill();

            try (Lease lease = store.acquireLease(ALICE, Duration.ofMinutes(5), process.freeWithin())) {
                assertThat(lease)
                        .as("lease within %s of the kill", process.freeWithin())
                        .isNotNull();
            }
        }
    }

    @Test
    public void lease_heldByAnotherProcess_isWaitedFor() throws Exception {
        StoreProcess process = processOrSkip();
        SessionStore store = store();
        Lease before = taken(store, ALICE);
        before.close();
        Lease lease = taken(store, ALICE, Duration.ofSeconds(10));
        // Closing an old lease again must not release the new one, neither in this process nor in the storage.
        before.close();
        assertThat(elsewhere().acquireLease(ALICE, Duration.ofMinutes(5), Duration.ZERO))
                .isNull();
        try (ChildJvm child = ChildJvm.start(process, "wait")) {
            child.await("tried");
            lease.close();
            child.await("holds");
        }
    }

    @Test
    public void save_byTwoProcesses_losesNoIncrement() throws Exception {
        StoreProcess process = processOrSkip();
        try (ChildJvm one = ChildJvm.start(process, "count");
                ChildJvm other = ChildJvm.start(process, "count")) {
            one.await("ready");
            other.await("ready");
            one.resume();
            other.resume();
            one.await("counted");
            other.await("counted");
        }

        assertThat(count(store(), ALICE)).isEqualTo(2L * ChildJvm.COUNTS);
    }

    private StoreProcess processOrSkip() throws Exception {
        Optional<StoreProcess> process = process();
        assumeThat(process)
                .as("process(): storage that other processes can open")
                .isPresent();
        return process.orElseThrow();
    }
}
