package dev.atlex.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response as they arrive. The JDK's own stream takes one buffer at a time, with two thread switches for
 * each, and waits without a time limit. This one lets a window of buffers arrive ahead of the reader, so most responses
 * are complete when they are first read. The reader itself checks the deadline, so no timer is needed.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    /** The size of the window in the JDK's items, which are usually at most 16 KiB each. */
    private static final int WINDOW = 32;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TransportRequest request;
    private final long deadline;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean complete;
    private boolean closed;
    private boolean readingAll;

    /** Used only by the reader. */
    private ByteBuffer current = NOTHING;

    private int taken;

    /** @param deadline the deadline, as a value of {@link System#nanoTime()} */
    BodyStream(TransportRequest request, long deadline) {
        this.request = request;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean unwanted;
        lock.lock();
        try {
            unwanted = closed || this.subscription != null;
            if (!unwanted) {
                this.subscription = subscription;
            }
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            subscription.cancel();
        } else {
            subscription.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lock.lock();
        try {
            if (!closed) {
                // One entry for each item, even an empty one: the window counts items.
                arrived.add(buffers.size() == 1 ? buffers.get(0) : join(buffers));
                if (!readingAll || arrived.size() > WINDOW / 2) {
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer join(List<ByteBuffer> buffers) {
        int size = 0;
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        buffers.forEach(joined::put);
        return joined.flip();
    }

    @Override
    public void onError(Throwable throwable) {
        finish(throwable);
    }

    @Override
    public void onComplete() {
        finish(null);
    }

    private void finish(@Nullable Throwable throwable) {
        lock.lock();
        try {
            failure = throwable;
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        return advance() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int total = 0;
        do {
            int count = Math.min(length - total, current.remaining());
            current.get(target, offset + total, count);
            total += count;
        } while (total < length && next(false));
        return total;
    }

    /** Signals that the reader reads to the end, so it need not be woken for each piece. */
    void readAll() {
        lock.lock();
        try {
            readingAll = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next byte. Returns whether the body has ended instead. */
    boolean isEmpty() throws IOException {
        return !advance();
    }

    /** Fills {@link #current}. Returns false at the end. */
    private boolean advance() throws IOException {
        return current.hasRemaining() || next(true);
    }

    /**
     * Takes the next buffer that has bytes. Returns false at the end, or if no buffer has arrived and the call must not
     * wait.
     */
    private boolean next(boolean wait) throws IOException {
        while (!current.hasRemaining()) {
            ByteBuffer buffer;
            lock.lock();
            try {
                buffer = wait ? await() : arrived.poll();
            } finally {
                lock.unlock();
            }
            if (buffer == null) {
                return false;
            }
            current = buffer;
            if (++taken == WINDOW / 2) {
                taken = 0;
                requestMore();
            }
        }
        return true;
    }

    /** Waits for a buffer, with the lock held. Returns null at the end. */
    private @Nullable ByteBuffer await() throws IOException {
        while (arrived.isEmpty()) {
            if (closed) {
                throw new IOException("the body of the response is closed");
            }
            if (complete) {
                if (failure != null) {
                    throw Failures.whileReading(request, failure);
                }
                return null;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw Failures.timeout(request, null);
            }
            try {
                changed.awaitNanos(left);
            } catch (InterruptedException e) {
                throw Failures.interrupted(request, e);
            }
        }
        return arrived.poll();
    }

    private void requestMore() {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(WINDOW / 2);
        }
    }

    /** Discards the rest. Unless the body is complete, this closes the connection. */
    @Override
    public void close() {
        Flow.Subscription abandoned = null;
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                arrived.clear();
                changed.signal();
                abandoned = complete ? null : subscription;
            }
        } finally {
            lock.unlock();
        }
        if (abandoned != null) {
            abandoned.cancel();
        }
    }
}
