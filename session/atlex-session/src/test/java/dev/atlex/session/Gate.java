package dev.atlex.session;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server that holds back a refresh until the test releases it or the request times out. */
final class Gate {
    /** Counted down when the refresh request arrives. */
    final CountDownLatch entered = new CountDownLatch(1);

    /** Releases the refresh. */
    final CountDownLatch open = new CountDownLatch(1);

    final FakeServer server = new FakeServer();

    /**
     * @param call responds to all other calls
     * @param refreshed the body of the refresh's response
     */
    Gate(Function<TransportRequest, TransportResponse> call, Supplier<String> refreshed) {
        server.on(PdsTest.CALL, call);
        server.on(PdsTest.REFRESH, request -> {
            entered.countDown();
            try {
                Duration limit = request.timeout();
                boolean opened = limit == null
                        ? open.await(60, TimeUnit.SECONDS)
                        : open.await(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (!opened) {
                    throw new TransportTimeoutException("too slow", null, true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransportInterruptedException("interrupted", e, true);
            }
            return FakeServer.json(200, refreshed.get());
        });
    }
}
