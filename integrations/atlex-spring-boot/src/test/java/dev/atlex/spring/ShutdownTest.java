package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ShutdownTest {
    private static final String SIGN_OUT = "com.atproto.server.deleteSession";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @TempDir
    private Path folder;

    @Test
    void sessionInMemoryIsLoggedOutAtShutdown(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> context.getBean(Bluesky.class).post("x"));
        assertThat(pds.count(SIGN_OUT)).isEqualTo(1);
    }

    @Test
    void unusedSessionCostsNothingAtShutdown(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> context.getBean(Client.class));
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void queuedLogoutsAreFinishedAtShutdown(LocalPds pds, TestAccount alice) {
        MutableClock clock = MutableClock.atPresent();
        ApplicationContextRunner runner = Contexts.of(pds, alice)
                .withPropertyValues("atlex.store.path=" + folder)
                .withBean(SessionOptionsCustomizer.class, () -> options -> options.clock(clock));
        runner.run(context -> {
            PasswordSession session = context.getBean(PasswordSession.class);
            pds.faults().always(SIGN_OUT, Fault.status(503));
            assertThat(session.logout()).isFalse();
            pds.faults().clear();
            pds.clearRequests();
            clock.advance(Duration.ofHours(1));
        });
        assertThat(pds.count(SIGN_OUT)).isEqualTo(1);
    }

    @Test
    void lastingSessionStaysSignedIn(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice)
                .withPropertyValues("atlex.store.path=" + folder)
                .run(context -> context.getBean(Bluesky.class).post("x"));
        assertThat(pds.count(SIGN_OUT)).isZero();
    }

    @Test
    void stoppedContextCanBeStartedAgain(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            context.getBean(Bluesky.class).post("x");
            context.getSourceApplicationContext().stop();
            context.getSourceApplicationContext().start();
            context.getBean(Bluesky.class).post("y");
            assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
        });
    }

    /** The server does not respond to the logout. Without the limit, the test would hang. */
    @Test
    @Timeout(60)
    void hangingServer_doesNotDelayShutdown(LocalPds pds, TestAccount alice) {
        CountDownLatch never = new CountDownLatch(1);
        Transport real = JdkTransport.builder().build();
        Transport hanging = request -> {
            if (request.uri().getPath().endsWith(SIGN_OUT)) {
                try {
                    never.await();
                    throw new TransportException("released by the test", null, true);
                } catch (InterruptedException e) {
                    throw new TransportException("interrupted", e, true);
                }
            }
            return real.send(request);
        };
        Contexts.of(pds, alice)
                .withPropertyValues("atlex.shutdown-timeout=100ms")
                .withBean(Transport.class, () -> hanging)
                .run(context -> context.getBean(Bluesky.class).post("x"));
        assertThat(pds.count(SIGN_OUT)).isZero();
        never.countDown();
    }
}
