package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
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
import org.junit.jupiter.api.Test;

class LazyAgentTest {
    private static final Did ALICE = Did.of("did:plc:alice");

    private final AtomicInteger supplied = new AtomicInteger();
    private final Transport transport =
            request -> TransportResponse.of(200, HttpHeaders.of("content-type", "application/json"), "{}".getBytes());
    private final Agent target = ServiceAgent.builder(URI.create("https://pds.test"))
            .transport(transport)
            .did(ALICE)
            .build();
    private final LazyAgent agent = LazyAgent.of(() -> {
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
        LazyAgent lazy = LazyAgent.of(() -> observed);
        assertThat(lazy.transport()).isSameAs(transport);
        assertThat(lazy.observer()).isSameAs(observer);
    }

    @Test
    void concurrentFirstUsesShareOneSupplier() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LazyAgent slow = LazyAgent.of(() -> {
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
        LazyAgent flaky = LazyAgent.of(() -> {
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
        AtomicReference<LazyAgent> self = new AtomicReference<>();
        LazyAgent recursive = LazyAgent.of(() -> {
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
        LazyAgent nothing = LazyAgent.of(() -> null);
        assertThatNullPointerException().isThrownBy(nothing::did).withMessageContaining("returned null");
    }
}
