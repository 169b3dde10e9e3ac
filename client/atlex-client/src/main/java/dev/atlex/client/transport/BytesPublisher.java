package dev.atlex.client.transport;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes, and releases them when the call ends. An idle JDK connection keeps its last request. With the JDK's own
 * publisher, it would also keep the password or upload in that request.
 */
final class BytesPublisher implements BodyPublisher {
    private static final int CHUNK = 16 << 10;

    /**
     * The maximum length of a body whose copy is overwritten. Longer bodies can't be passwords, so their copies are
     * left to the garbage collector.
     */
    private static final int MAX_WIPED = 64 << 10;

    private final int length;
    private volatile byte @Nullable [] bytes;
    private final List<byte[]> copies = new CopyOnWriteArrayList<>();
    private final AtomicInteger sending = new AtomicInteger();

    BytesPublisher(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        byte[] source = bytes;
        subscriber.onSubscribe(new Chunks(subscriber, source));
        if (source == null) {
            subscriber.onError(new IOException("the body was requested after the end of its call"));
        }
    }

    /**
     * Releases the bytes and overwrites the copies passed to the JDK, but not the caller's array. If the server
     * responded before it had the whole body, the body is still being sent, so its copies are released but not
     * overwritten.
     */
    void forget() {
        bytes = null;
        if (sending.get() == 0) {
            for (byte[] copy : copies) {
                Arrays.fill(copy, (byte) 0);
            }
        }
        copies.clear();
    }

    private final class Chunks implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private volatile byte @Nullable [] source;
        private int position;

        Chunks(Subscriber<? super ByteBuffer> subscriber, byte @Nullable [] source) {
            this.subscriber = subscriber;
            this.source = source;
            if (source != null) {
                sending.incrementAndGet();
            }
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                if (end()) {
                    subscriber.onError(new IllegalArgumentException("demand must be positive (got " + n + ")"));
                }
                return;
            }
            // onNext may request more before it returns, so only the outermost call sends.
            if (demand.getAndAccumulate(n, Chunks::add) > 0) {
                return;
            }
            for (byte[] from = source; from != null; from = source) {
                byte[] chunk = Arrays.copyOfRange(from, position, Math.min(length, position + CHUNK));
                if (length <= MAX_WIPED && bytes != null) {
                    copies.add(chunk);
                }
                position += chunk.length;
                subscriber.onNext(ByteBuffer.wrap(chunk));
                if (position == length) {
                    if (end()) {
                        subscriber.onComplete();
                    }
                } else if (demand.decrementAndGet() == 0) {
                    return;
                }
            }
        }

        private static long add(long now, long more) {
            return now + more < 0 ? Long.MAX_VALUE : now + more;
        }

        /** Ends the upload. Returns false if it had ended before. */
        private synchronized boolean end() {
            boolean now = source != null;
            if (now) {
                source = null;
                sending.decrementAndGet();
            }
            return now;
        }

        @Override
        public void cancel() {
            end();
        }
    }
}
