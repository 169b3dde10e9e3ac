package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BytesPublisherTest {
    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Receives everything, and requests more from within onNext. */
    private static class Receiver implements Subscriber<ByteBuffer> {
        final List<ByteBuffer> chunks = new ArrayList<>();
        final List<Object> ends = new ArrayList<>();

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
        }

        Subscription subscription;

        @Override
        public void onNext(ByteBuffer chunk) {
            chunks.add(chunk);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            ends.add(failure);
        }

        @Override
        public void onComplete() {
            ends.add("complete");
        }

        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (ByteBuffer chunk : chunks) {
                all.writeBytes(chunk.array());
            }
            return all.toByteArray();
        }
    }

    private static Receiver receive(BytesPublisher publisher) {
        Receiver receiver = new Receiver();
        publisher.subscribe(receiver);
        receiver.subscription.request(1);
        return receiver;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16 << 10, (16 << 10) + 1, 64 << 10, 1_000_000})
    void eachSubscriptionReceivesAllBytes(int size) {
        byte[] bytes = random(size);
        BytesPublisher publisher = new BytesPublisher(bytes);

        for (int i = 0; i < 2; i++) {
            Receiver receiver = receive(publisher);
            assertThat(receiver.bytes()).isEqualTo(bytes);
            assertThat(receiver.ends).containsExactly("complete");
        }
        assertThat(publisher.contentLength()).isEqualTo(size);
    }

    @Test
    void releasedBytesAreOverwrittenAndNotSentAgain() {
        byte[] bytes = random(40_000);
        BytesPublisher publisher = new BytesPublisher(bytes);
        Receiver receiver = receive(publisher);

        publisher.forget();

        assertThat(receiver.bytes()).containsOnly(0);
        assertThat(bytes).as("the caller's array").isEqualTo(random(40_000));
        Receiver late = new Receiver();
        publisher.subscribe(late);
        assertThat(late.chunks).isEmpty();
        assertThat(late.ends).singleElement().isInstanceOf(IOException.class);
    }

    @Test
    void releaseDuringAnUploadLetsItComplete() {
        byte[] bytes = random(40_000);
        BytesPublisher publisher = new BytesPublisher(bytes);
        Receiver receiver = new Receiver() {
            @Override
            public void onNext(ByteBuffer chunk) {
                publisher.forget();
                super.onNext(chunk);
            }
        };
        publisher.subscribe(receiver);
        receiver.subscription.request(1);

        assertThat(receiver.bytes()).isEqualTo(bytes);
        assertThat(receiver.ends).containsExactly("complete");
    }

    @Test
    void nonPositiveDemandIsAnError() {
        Receiver receiver = new Receiver();
        new BytesPublisher(random(5)).subscribe(receiver);

        receiver.subscription.request(0);
        receiver.subscription.request(1);

        assertThat(receiver.ends).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(receiver.chunks).isEmpty();
    }

    private static WeakReference<byte[]> post(Transport transport, RawServer server, int size) {
        byte[] bytes = random(size);
        transport
                .send(TransportRequest.post(server.uri("/xrpc/a.b.c"))
                        .body(RequestBody.of(bytes))
                        .timeout(Duration.ofSeconds(20))
                        .build())
                .readAll();
        return new WeakReference<>(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1 << 20})
    void idleConnectionDoesNotKeepTheBodyOfItsLastRequest(int size) throws Exception {
        Transport transport = JdkTransport.builder().build();
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            WeakReference<byte[]> body = post(transport, server, size);
            server.received.clear();

            for (int i = 0; body.get() != null && i < 50; i++) {
                System.gc();
            }

            assertThat(body.get()).isNull();
            assertThat(transport).isNotNull();
        }
    }
}
