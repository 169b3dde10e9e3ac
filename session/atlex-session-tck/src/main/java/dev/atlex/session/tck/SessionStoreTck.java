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
 * What every {@link SessionStore} has to do, as JUnit tests. The author of a store extends this class beside the store's own
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
 * <p>JUnit makes an object of the class for each test, and each test begins with an empty storage. A store that is
 * {@link AutoCloseable} is closed when the test is over.
 */
@Timeout(180)
public abstract class SessionStoreTck extends SharedEntryTck {
    /** For subclasses. */
    protected SessionStoreTck() {}

    /**
     * A store object. Those of one test have the same storage, and know of each other by that only. A store that has its
     * storage in itself is the same object each time.
     *
     * @throws Exception if there is none; the test fails then
     */
    @Override
    protected abstract SessionStore open() throws Exception;

    /**
     * A store object on the same storage that comes to it by another way, if there are several: a link to a folder, another
     * pool of connections.
     *
     * @throws Exception if there is none; the test fails then
     */
    @Override
    protected SessionStore openElsewhere() throws Exception {
        return open();
    }

    /**
     * Makes the storage fail, for the rest of the test: takes the folder away, stops the server.
     *
     * @return whether it could be done; if not, the test of it is skipped
     * @throws Exception if that fails; so does the test
     */
    @Override
    protected boolean breakStorage() throws Exception {
        return false;
    }

    /**
     * How other processes come to the storage of this test; empty where none can, and the tests of it are skipped.
     *
     * @throws Exception if that can't be said; the test fails then
     */
    protected Optional<StoreProcess> process() throws Exception {
        return Optional.empty();
    }

    @Test
    public void killedProcessGivesItsLeaseBack() throws Exception {
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
    public void processWaitsForTheLeaseOfAnother() throws Exception {
        StoreProcess process = processOrSkip();
        SessionStore store = store();
        Lease before = taken(store, ALICE);
        before.close();
        Lease lease = taken(store, ALICE, Duration.ofSeconds(10));
        // Neither may cost the holder its lease where other processes look, even if this one still knows of it.
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
    public void noIncrementOfTwoProcessesIsLost() throws Exception {
        StoreProcess process = processOrSkip();
        try (ChildJvm one = ChildJvm.start(process, "count");
                ChildJvm other = ChildJvm.start(process, "count")) {
            one.await("ready");
            other.await("ready");
            one.go();
            other.go();
            one.await("counted");
            other.await("counted");
        }

        assertThat(count(store(), ALICE)).isEqualTo(2L * ChildJvm.COUNTS);
    }

    private StoreProcess processOrSkip() throws Exception {
        Optional<StoreProcess> process = process();
        assumeThat(process).as("a storage that other processes reach").isPresent();
        return process.orElseThrow();
    }
}
