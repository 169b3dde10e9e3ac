package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LazyAgentTest {
    private static final Did ALICE = Did.of("did:plc:alice");

    private final AtomicInteger supplied = new AtomicInteger();
    private final Transport transport =
            request -> TransportResponse.of(200, HttpHeaders.of("content-type", "application/json"), "{}".getBytes());
    private final Agent target = ServiceAgent.builder(URI.create("https://pds.test"))
            .transport(transport)
            .did(ALICE)
            .build();
    private final LazyAgent<Agent> agent = LazyAgent.of(() -> {
        supplied.incrementAndGet();
        return target;
    });

    @Test
    void creatingClientsCallsNoSupplier() {
        Client client = new Client(agent).with(o -> o.retries(2));
        assertThat(client.agent()).hasToString("LazyAgent[not used yet]");
        assertThat(client.toString()).isNotEmpty();
        assertThat(agent.obtained()).isNull();
        assertThat(supplied).hasValue(0);
    }

    @Test
    void firstUseObtainsTheAgentOnce() {
        assertThat(agent.did()).isEqualTo(ALICE);
        agent.send(AgentRequest.get("/xrpc/a.b.c")).close();
        assertThat(agent.obtained()).isSameAs(target);
        assertThat(agent.obtain()).isSameAs(target);
        assertThat(agent).hasToString("LazyAgent[" + target + "]");
        assertThat(supplied).hasValue(1);
    }

    @Test
    void transportAndObserverAreThoseOfTheAgent() {
        CallObserver observer = method -> CallObservation.NONE;
        Agent observed = ServiceAgent.builder(URI.create("https://pds.test"))
                .transport(transport)
                .observer(observer)
                .build();
        LazyAgent<Agent> lazy = LazyAgent.of(() -> observed);
        assertThat(lazy.transport()).isSameAs(transport);
        assertThat(lazy.observer()).isSameAs(observer);
    }

    @Test
    void concurrentFirstUsesShareOneSupplier() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LazyAgent<Agent> slow = LazyAgent.of(() -> {
            supplied.incrementAndGet();
            inside.countDown();
            try {
                assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return target;
        });
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<Did>> dids = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                dids.add(executor.submit(slow::did));
            }
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.obtained()).isNull();
            release.countDown();
            for (Future<Did> did : dids) {
                assertThat(did.get(30, TimeUnit.SECONDS)).isEqualTo(ALICE);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(supplied).hasValue(1);
    }

    @Test
    void failureIsThrownAndTriedAgain() {
        LazyAgent<Agent> flaky = LazyAgent.of(() -> {
            if (supplied.incrementAndGet() == 1) {
                throw new IllegalArgumentException("wrong password");
            }
            return target;
        });
        assertThatThrownBy(flaky::did).hasMessage("wrong password");
        assertThat(flaky.did()).isEqualTo(ALICE);
    }

    @Test
    void supplierThatUsesTheAgentIsRefused() {
        AtomicReference<LazyAgent<Agent>> self = new AtomicReference<>();
        LazyAgent<Agent> recursive = LazyAgent.of(() -> {
            self.get().did();
            return target;
        });
        self.set(recursive);
        assertThatIllegalStateException()
                .isThrownBy(recursive::did)
                .withMessageContaining("the supplier uses the agent");
    }

    @Test
    @SuppressWarnings("NullAway")
    void supplierThatReturnsNullIsRefused() {
        LazyAgent<Agent> nothing = LazyAgent.of(() -> null);
        assertThatNullPointerException().isThrownBy(nothing::did).withMessageContaining("returned null");
    }

    @Nested
    class Close {
        private final ClosingAgent session = new ClosingAgent(target);
        private final LazyAgent<ClosingAgent> lazy = LazyAgent.of(() -> {
            supplied.incrementAndGet();
            return session;
        });

        @Test
        void closesTheObtainedAgentOnce() {
            assertThat(lazy.obtain()).isSameAs(session);
            lazy.close();
            lazy.close();
            assertThat(session.closed).hasValue(1);
        }

        @Test
        void callsNoSupplier() {
            lazy.close();
            assertThat(supplied).hasValue(0);
            assertThat(session.closed).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void laterUsesThrow(boolean used) {
            if (used) {
                lazy.obtain();
            }
            lazy.close();
            List<ThrowingCallable> uses = List.of(
                    lazy::obtain,
                    lazy::did,
                    lazy::transport,
                    lazy::observer,
                    () -> lazy.send(AgentRequest.get("/xrpc/a.b.c")));
            for (ThrowingCallable use : uses) {
                assertThatIllegalStateException().isThrownBy(use).withMessage("LazyAgent: the agent is closed");
            }
            assertThat(supplied).hasValue(used ? 1 : 0);
            assertThat(lazy).hasToString("LazyAgent[closed]");
        }

        @Test
        void whileObtaining_closesTheAgentAfterwards() {
            AtomicReference<LazyAgent<ClosingAgent>> self = new AtomicReference<>();
            LazyAgent<ClosingAgent> closedMeanwhile = LazyAgent.of(() -> {
                self.get().close();
                return session;
            });
            self.set(closedMeanwhile);
            assertThatIllegalStateException()
                    .isThrownBy(closedMeanwhile::obtain)
                    .withMessage("LazyAgent: the agent is closed");
            assertThat(session.closed).hasValue(1);
        }

        @Test
        void agentThatIsNotCloseable_isAccepted() {
            agent.obtain();
            agent.close();
            assertThatIllegalStateException().isThrownBy(agent::did).withMessage("LazyAgent: the agent is closed");
        }

        @Test
        void failureOfTheAgentIsThrown() {
            lazy.obtain();
            session.failure = new IOException("disk full");
            assertThatIllegalStateException().isThrownBy(lazy::close).withCause(session.failure);
        }

        @Test
        void interruptOfTheAgentIsKept() {
            lazy.obtain();
            session.failure = new InterruptedException();
            assertThatIllegalStateException().isThrownBy(lazy::close);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** An agent that counts how often it is closed. */
    @SuppressWarnings("try") // Like any AutoCloseable, it may be interrupted while it is closed.
    private static final class ClosingAgent implements Agent, AutoCloseable {
        private final Agent target;
        private final AtomicInteger closed = new AtomicInteger();
        private @Nullable Exception failure;

        ClosingAgent(Agent target) {
            this.target = target;
        }

        @Override
        public @Nullable Did did() {
            return target.did();
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            return target.send(request);
        }

        @Override
        public void close() throws Exception {
            closed.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
