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
 * Sends a {@link RequestBody} from its stream. The JDK's publisher of a stream takes a failing read for the end of the
 * stream, and so uploads a shorter body without a word; this one makes the call fail, and keeps the cause. And it opens and
 * reads the stream, which may wait for anything, on threads that are there for that.
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
     * @param length of the body in bytes, or -1 if it is not known
     * @param executor opens and reads the body
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

    /** What reading the body failed with, if it did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Called again when the JDK repeats a request that the server said it had not looked at. */
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        executor.execute(() -> open(subscriber));
    }

    private void open(Flow.Subscriber<? super ByteBuffer> subscriber) {
        InputStream stream;
        try {
            stream = Objects.requireNonNull(body.open(), "the stream of the request's body is null");
        } catch (Throwable e) {
            // The caller's code: an Error, too, would end this thread, and the call would wait until its time is up.
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

    /** Stops the upload, if one is still running. */
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

        /** Above 0 while a thread is sending; a request from within it, or from another thread, only adds to this. */
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
                throw new IllegalArgumentException("requested: " + n);
            }
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            if (turns.getAndIncrement() == 0) {
                executor.execute(this::sendWhatIsAskedFor);
            }
        }

        private void sendWhatIsAskedFor() {
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
                // A byte too many is asked for, so as to see that there is none.
                int size = length < 0 ? CHUNK : (int) Math.min(CHUNK, length - sent + 1);
                byte[] chunk = new byte[size];
                int count = stream.read(chunk, 0, size);
                if (done) {
                    return;
                }
                if (count < 0) {
                    if (sent < length) {
                        throw new IOException("it has " + sent + " bytes and not " + length + " as declared");
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

        /** Called by threads that must not wait, as closing the stream may. */
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
                    // The caller's code. All that was wanted of the stream has been read, or the call failed before.
                }
            }
        }
    }
}
