package dev.atlex.bluesky.internal.video;

import dev.atlex.bluesky.video.VideoOptions.UploadListener;
import dev.atlex.client.transport.RequestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A body that reports how much of it has been read for sending. */
final class ProgressBody implements RequestBody {
    private final RequestBody body;
    private final long size;
    private final @Nullable UploadListener listener;

    /** @param size the size of the body in bytes */
    ProgressBody(RequestBody body, long size, @Nullable UploadListener listener) {
        this.body = body;
        this.size = size;
        this.listener = listener;
    }

    @Override
    public OptionalLong contentLength() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public InputStream open() throws IOException {
        UploadListener notified = listener;
        return notified == null ? body.open() : new Counting(body.open(), size, notified);
    }

    @Override
    public @Nullable String fileName() {
        return body.fileName();
    }

    @Override
    public String toString() {
        return body.toString();
    }

    private static final class Counting extends FilterInputStream {
        private final long size;
        private final UploadListener listener;
        private long sent;

        Counting(InputStream in, long size, UploadListener listener) {
            super(in);
            this.size = size;
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(count);
            return count;
        }

        private void count(int bytes) {
            if (bytes > 0) {
                sent += bytes;
                listener.sent(sent, size);
            }
        }
    }
}
