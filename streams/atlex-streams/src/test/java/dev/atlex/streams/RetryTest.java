package dev.atlex.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.SubscribeLabels;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests handlers and subscribers that fail. */
@Timeout(60)
class RetryTest {
    private static StreamServer server() throws Exception {
        return new StreamServer((connection, number) -> {
            connection.open();
            for (int sequence = 1; sequence <= 3; sequence++) {
                connection.binary(Frames.labels(sequence));
            }
            connection.serve();
        });
    }

    @Test
    void retriedEvent_isHandledBeforeTheNextOne() throws Exception {
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        AtomicInteger failures = new AtomicInteger();
        try (StreamServer server = server();
                var stream = EventStream.connect(
                        SubscribeLabels.SUBSCRIPTION,
                        o -> o.service(server.url())
                                .onFailure(failed -> {
                                    attempts.add(failed.attempts());
                                    return failed.attempts() < 3 ? Failure.RETRY : Failure.SKIP;
                                })
                                .onSkipped(
                                        failed -> handled.add(-failed.sequence().getAsLong())))) {
            stream.consume(Lanes.of(1), event -> {
                long sequence = event.sequence().getAsLong();
                if (sequence == 2 || failures.getAndIncrement() < 1) {
                    throw new IllegalStateException("try again");
                }
                handled.add(sequence);
            });

            assertThat(handled.take()).isEqualTo(1);
            assertThat(handled.take()).isEqualTo(-2);
            assertThat(handled.take()).isEqualTo(3);
            assertThat(attempts).containsExactly(1, 1, 2, 3);
        }
    }

    @Test
    void closing_endsTheWaitBeforeARetry() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        try (StreamServer server = server()) {
            var stream = EventStream.connect(
                    SubscribeLabels.SUBSCRIPTION, o -> o.service(server.url()).onFailure(Failure.RETRY));
            Consumer consumer = stream.consume(Lanes.of(1), event -> {
                failed.countDown();
                throw new IllegalStateException("always");
            });
            failed.await();
            consumer.close();
            consumer.join();
            assertThat(stream.health().position()).isEmpty();
        }
    }

    @Test
    void failingSubscriber_endsTheStreamAndKeepsItsEvent() throws Exception {
        BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
        IllegalStateException bug = new IllegalStateException("bug");
        try (StreamServer server = server();
                var stream = EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> o.service(server.url()))) {
            stream.publisher().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(10);
                }

                @Override
                public void onNext(StreamMessage<SubscribeLabels.Message> event) {
                    if (event.sequence().getAsLong() == 2) {
                        throw bug;
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    errors.add(failure);
                }

                @Override
                public void onComplete() {
                    errors.add(new AssertionError("completed"));
                }
            });

            assertThat(errors.take()).isSameAs(bug);
            assertThat(stream.health().position()).hasValue(1);
        }
    }
}
