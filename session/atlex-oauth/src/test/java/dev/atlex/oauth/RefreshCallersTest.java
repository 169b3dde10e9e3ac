package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.TOKEN;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of callers that give up, or arrive at the same time, while a refresh is in progress. */
class RefreshCallersTest {
    private static final AgentRequest CALL = AgentRequest.get("/xrpc/com.atproto.server.getSession");

    private final OAuthFixture oauth = new OAuthFixture();
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch mayReturn = new CountDownLatch(1);
    private OAuthSession session;

    /** A session with an expired token, whose refresh gets its response only when the test allows it. */
    @BeforeEach
    void open() {
        oauth.signIn(oauth.alice);
        session = oauth.resumed(oauth.alice, oauth.program(oauth.store, intercepting(TOKEN, transport -> request -> {
            TransportResponse response = transport.send(request);
            sent.countDown();
            await(mayReturn);
            return response;
        })));
        oauth.expire();
    }

    @AfterEach
    void close() {
        mayReturn.countDown();
        oauth.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("the refresh was interrupted", e);
        }
    }

    private void assertRefreshed() {
        mayReturn.countDown();
        call(session);
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        assertThat(session.isSaved()).isTrue();
        call(oauth.resumed(oauth.alice));
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
    }

    @Test
    void callerWithLittleTime_givesUp_refreshGoesOn() {
        assertThatThrownBy(() -> session.send(CALL.withTimeout(Duration.ofMillis(200))))
                .isInstanceOfAny(TransportTimeoutException.class, SessionBusyException.class);
        await(sent);

        assertRefreshed();
    }

    @Test
    void close_waitsForTheRefresh() throws Exception {
        assertThatThrownBy(() -> session.send(CALL.withTimeout(Duration.ofMillis(200))))
                .isInstanceOfAny(TransportTimeoutException.class, SessionBusyException.class);
        await(sent);
        Thread closing = new Thread(session::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            assertThat(closing.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        mayReturn.countDown();
        closing.join();

        assertThat(session.health().accessExpiresAt()).isAfter(oauth.clock.instant());
        assertRefreshed();
    }

    @Test
    void callerThatIsInterrupted_stopsWaiting_refreshGoesOn() throws Exception {
        FutureTask<Object> caller = new FutureTask<>(() -> {
            try {
                return session.refresh();
            } catch (TransportException e) {
                return e;
            }
        });
        Thread thread = new Thread(caller);
        thread.start();
        await(sent);
        thread.interrupt();
        assertThat(caller.get(30, TimeUnit.SECONDS)).isInstanceOf(TransportInterruptedException.class);

        assertRefreshed();
    }

    @Test
    void callerThatIsCancelled_stopsWaiting_refreshGoesOn() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> caller = executor.submit(() -> call(session));
            await(sent);
            assertThat(caller.cancel(true)).isTrue();
        } finally {
            executor.shutdownNow();
        }

        assertRefreshed();
    }

    @Test
    void manyCallers_shareOneRefresh() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                callers.add(() -> {
                    call(session);
                    return true;
                });
            }
            mayReturn.countDown();
            for (Future<Boolean> caller : executor.invokeAll(callers)) {
                assertThat(caller.get()).isTrue();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
    }
}
