package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of callers that leave while their code is exchanged. */
class InterruptedCallbackTest {
    private final OAuthWorld world = new OAuthWorld();
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch mayContinue = new CountDownLatch(1);
    private final CountDownLatch signedIn = new CountDownLatch(1);
    private final CountDownLatch revoked = new CountDownLatch(1);
    private final OAuthClient client = world.client(
            world.store,
            o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)).listener(event -> {
                if (event instanceof SessionEvent.SignedIn) {
                    signedIn.countDown();
                }
            }));

    @AfterEach
    void close() {
        world.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("the exchange was interrupted", e);
        }
    }

    /** Finishes a sign-in of alice, and interrupts the caller after the code was sent. */
    private void interrupt(TestAccount by) throws Exception {
        Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));
        URI callback = world.pds.authorize(authorization.url(), by);
        world.transport.before("/oauth/token", request -> {
            sent.countDown();
            await(mayContinue);
        });
        FutureTask<Object> caller = new FutureTask<>(() -> {
            try {
                return client.callback(callback, authorization.browserSecret());
            } catch (TransportException e) {
                return e;
            }
        });
        Thread thread = new Thread(caller);
        thread.start();
        await(sent);
        thread.interrupt();
        assertThat(caller.get(30, TimeUnit.SECONDS)).isInstanceOf(TransportInterruptedException.class);
        mayContinue.countDown();
    }

    @Test
    void interruptedCaller_theSessionIsSaved() throws Exception {
        interrupt(world.alice);
        await(signedIn);

        assertThat(new Client(client.resume(world.alice.did()))
                        .call(GetSession.QUERY)
                        .did())
                .isEqualTo(world.alice.did());
        assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
    }

    @Test
    void interruptedCaller_anotherAccountIsRevoked() throws Exception {
        world.transport.before("/oauth/revoke", request -> revoked.countDown());
        interrupt(world.bob);
        await(revoked);

        assertThat(world.entries(Kind.OAUTH)).isZero();
        assertThat(signedIn.getCount()).isEqualTo(1);
    }
}
