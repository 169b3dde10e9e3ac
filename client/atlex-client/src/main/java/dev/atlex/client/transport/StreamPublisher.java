package dev.atlex.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends a {@link RequestBody} from its stream. The JDK's publisher mistakes a failing read for the end of the stream
 * and silently uploads a shorter body; this one fails the call and keeps the cause. It opens and reads the stream on
 * separate threads, because that may block.
 */
final class StreamPublisher implements BodyPublisher {
    private static final int CHUNK = 16 << 10;

    private final RequestBody body;
    private final long length;
    private final Executor executor;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Upload current;
    private volatile boolean closed;

    /**
     * @param length the body's length in bytes, or -1 if unknown
     * @param executor the executor that opens and reads the body
     */
    StreamPublisher(RequestBody body, long length, Executor executor) {
        this.body = body;
        this.length = length;
        this.executor = executor;
    }

    @Override
    public long contentLength() {
        return length;
    }

    /** Returns the exception that was thrown while reading the body, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Called again if the JDK repeats a request that the server reported as unprocessed. */
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        executor.execute(() -> open(subscriber));
    }

    private void open(Flow.Subscriber<? super ByteBuffer> subscriber) {
        InputStream stream;
        try {
            stream = Objects.requireNonNull(body.open(), "the stream of the request's body is null");
        } catch (Throwable e) {
            // This is the caller's code. An uncaught Error would end this thread, and the call would hang until its
            // timeout.
            failure = e;
            subscriber.onSubscribe(NO_UPLOAD);
            subscriber.onError(e);
            return;
        }
        Upload upload = new Upload(stream, subscriber);
        current = upload;
        if (closed) {
            upload.finish();
        }
        subscriber.onSubscribe(upload);
    }

    /** Stops the upload if it is still running. */
    void close() {
        closed = true;
        Upload upload = current;
        if (upload != null) {
            upload.finish();
        }
    }

    private static final Flow.Subscription NO_UPLOAD = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final class Upload implements Flow.Subscription {
        private final InputStream stream;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();

        /** Above 0 while a thread is sending; a request from that thread or another one only adds to it. */
        private final AtomicInteger turns = new AtomicInteger();

        private final AtomicBoolean closing = new AtomicBoolean();

        private volatile boolean done;
        private long sent;

        Upload(InputStream stream, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.stream = stream;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                throw new IllegalArgumentException("demand must be positive (got " + n + ")");
            }
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            if (turns.getAndIncrement() == 0) {
                executor.execute(this::sendRequested);
            }
        }

        private void sendRequested() {
            int seen = 1;
            do {
                while (!done && demand.get() > 0) {
                    demand.decrementAndGet();
                    sendNext();
                }
                seen = turns.addAndGet(-seen);
            } while (seen != 0);
        }

        private void sendNext() {
            try {
                // Reads one byte too many, to detect a longer stream.
                int size = length < 0 ? CHUNK : (int) Math.min(CHUNK, length - sent + 1);
                byte[] chunk = new byte[size];
                int count = stream.read(chunk, 0, size);
                if (done) {
                    return;
                }
                if (count < 0) {
                    if (sent < length) {
                        throw new IOException("it has " + sent + " bytes instead of the declared " + length);
                    }
                    finish();
                    subscriber.onComplete();
                    return;
                }
                sent += count;
                if (length >= 0 && sent > length) {
                    throw new IOException("it has more than the " + length + " bytes declared");
                }
                subscriber.onNext(ByteBuffer.wrap(chunk, 0, count));
            } catch (Throwable e) { // as above
                if (!done) {
                    failure = e;
                    finish();
                    subscriber.onError(e);
                }
            }
        }

        /** Closes the stream on another thread: closing may block, and the calling thread must not. */
        @Override
        public void cancel() {
            done = true;
            executor.execute(this::finish);
        }

        private void finish() {
            done = true;
            if (!closing.getAndSet(true)) {
                try {
                    stream.close();
                } catch (Throwable e) {
                    // This is the caller's code. The stream has been read, or the call failed before.
                }
            }
        }
    }
}
