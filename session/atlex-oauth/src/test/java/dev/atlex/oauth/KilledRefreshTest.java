package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.TOKEN;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.HookedStore.Operation;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionListener;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of processes that are killed while they refresh. Each is a JVM of its own, which halts at a step. */
@Timeout(120)
class KilledRefreshTest {
    private static final int HALTED = 9;
    private static final int EXITED = 8;

    /**
     * Longer than a marker keeps other processes from refreshing, and longer than this machine's clock is ahead of the
     * test's.
     */
    private static final Duration QUIET = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private OAuthFixture oauth;
    private OAuthSession bob;

    /** Where a process is killed. */
    enum Step {
        /** Before the refresh is announced. */
        UNMARKED,
        /** After the refresh was announced. */
        MARKED,
        /** When the request is about to leave the process. */
        SENT,
        /** After the response has arrived, and before the tokens are saved. */
        ANSWERED,
        /** After the response has arrived, when the JVM shuts down: the tokens are saved before it exits. */
        EXITING,
        /** After the tokens were saved. */
        SAVED,
        /** Never. */
        NEVER
    }

    @BeforeEach
    void signIn() {
        oauth = new OAuthFixture(new FileSessionStore(folder), options -> {});
        bob = oauth.opened(oauth.bob);
        oauth.signIn(oauth.alice);
    }

    @AfterEach
    void close() {
        oauth.close();
    }

    /** Runs a process that refreshes the session, and returns its exit status. */
    private int refreshElsewhere(Step step) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRefreshTest.class.getName(),
                        folder.toString(),
                        oauth.pds.plcUrl().toString(),
                        oauth.alice.did().toString(),
                        step.name())
                .inheritIO()
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Runs in the other JVM. */
    public static void main(String[] arguments) {
        Step step = Step.valueOf(arguments[3]);
        HookedStore store = new HookedStore(new FileSessionStore(Path.of(arguments[0])));
        AtomicInteger saves = new AtomicInteger();
        store.before = operation -> haltIf(operation == Operation.SAVE && step == Step.UNMARKED);
        store.after = operation -> {
            int saved = operation == Operation.SAVE ? saves.incrementAndGet() : 0;
            haltIf(saved == 1 && step == Step.MARKED || saved == 2 && step == Step.SAVED);
        };
        Transport transport = intercepting(TOKEN, own -> request -> {
                    haltIf(step == Step.SENT);
                    TransportResponse response = own.send(request);
                    haltIf(response.status() == 200 && step == Step.ANSWERED);
                    if (response.status() == 200 && step == Step.EXITING) {
                        beginToExit();
                    }
                    return response;
                })
                .apply(Transport.jdk());
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(java.net.URI.create(arguments[1]))
                .allowPrivateAddresses(true)
                .build();
        OAuthContext context =
                OAuthFixture.program(store, transport, TimeSource.SYSTEM, identity, SessionListener.NONE);
        OAuthSession session = OAuthSession.resumed(context, store.load(Key.oauth(Did.of(arguments[2]), null)));
        System.exit(session.refresh().refreshed() ? 0 : 1);
    }

    /** Lets the virtual machine exit, and returns half a second after its shutdown has begun. */
    private static void beginToExit() {
        CountDownLatch begun = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(begun::countDown));
        new Thread(() -> System.exit(EXITED)).start();
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }

    private static void haltIf(boolean now) {
        if (now) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"UNMARKED", "SAVED"})
    void beforeTheMarker_orAfterTheSave_nextProcessContinues(Step step) throws Exception {
        assertThat(refreshElsewhere(step)).isEqualTo(HALTED);
        OAuthSession next = oauth.resumed(oauth.alice);

        call(next);
        assertThat(next.refresh().refreshed()).isTrue();
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(step == Step.SAVED ? 2 : 1);
        call(bob);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"MARKED", "SENT"})
    void beforeTheRequest_nextProcessWaits_thenContinues(Step step) throws Exception {
        assertThat(refreshElsewhere(step)).isEqualTo(HALTED);
        OAuthSession next = oauth.resumed(oauth.alice);
        assertThat(next.refresh().refreshed()).isFalse();
        assertThat(oauth.pds.oauth().rotations()).isZero();
        call(next);

        oauth.advance(QUIET);
        assertThat(next.refresh().refreshed()).isTrue();
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        call(bob);
    }

    @Test
    void betweenResponseAndSave_sessionIsLost_andSaysSo() throws Exception {
        assertThat(refreshElsewhere(Step.ANSWERED)).isEqualTo(HALTED);
        OAuthSession next = oauth.resumed(oauth.alice);
        assertThat(next.refresh().refreshed()).isFalse();
        oauth.advance(QUIET);

        assertThatThrownBy(next::refresh)
                .isInstanceOfSatisfying(
                        SessionEndedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFRESH_LOST));
        assertThat(oauth.stored(oauth.alice)).isNull();
        call(bob);
        assertThat(bob.refresh().refreshed()).isTrue();
    }

    /** An orderly shutdown, for example by SIGTERM, waits until the tokens are saved. */
    @Test
    void exitingVirtualMachine_savesFirst() throws Exception {
        assertThat(refreshElsewhere(Step.EXITING)).isEqualTo(EXITED);

        call(oauth.resumed(oauth.alice));
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
    }

    @Test
    void notKilled_nextProcessUsesItsTokens() throws Exception {
        assertThat(refreshElsewhere(Step.NEVER)).isZero();

        call(oauth.resumed(oauth.alice));
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
    }
}
