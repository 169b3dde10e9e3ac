package dev.atlex.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request. Where they can be had again, the request can be sent again, after a refreshed token say; a
 * body made by {@link #ofStream} can't.
 */
public interface RequestBody {
    /**
     * The number of bytes that {@link #open()} will give, 0 or more, or empty if that is not known; such a body is sent
     * in chunks.
     *
     * @throws IOException if it can't be found out, because the file is gone say
     */
    OptionalLong contentLength() throws IOException;

    /** Whether {@link #open()} may be called again, and gives the same bytes each time. */
    boolean isReplayable();

    /**
     * Opens the bytes from their start; the transport closes the stream.
     *
     * @throws IOException if that fails
     * @throws IllegalStateException if the body is not replayable and has been opened before
     */
    InputStream open() throws IOException;

    /** The name of the file that the bytes come from, without its folder, or null: it may tell the media type. */
    default @Nullable String fileName() {
        return null;
    }

    /** These bytes. The array is not copied, and must not be changed until the call is over. */
    static RequestBody of(byte[] bytes) {
        return new RequestBodies.OfBytes(Objects.requireNonNull(bytes, "bytes"));
    }

    /** This text in UTF-8. */
    static RequestBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The content of a file, which is opened each time the request is sent and must not change its size meanwhile. */
    static RequestBody ofFile(Path file) {
        return new RequestBodies.OfFile(Objects.requireNonNull(file, "file"));
    }

    /** What is left in a stream: sent once, in chunks. */
    static RequestBody ofStream(InputStream stream) {
        return new RequestBodies.OfStream(Objects.requireNonNull(stream, "stream"));
    }

    /** What the supplied streams give, a new stream each time and always the same bytes; sent in chunks. */
    static RequestBody ofSupplier(Supplier<? extends InputStream> streams) {
        return new RequestBodies.OfSupplier(Objects.requireNonNull(streams, "streams"), OptionalLong.empty());
    }

    /**
     * As {@link #ofSupplier(Supplier)}, with a known length. A stream that gives more or fewer bytes makes the call
     * fail.
     *
     * @param length the number of bytes of each stream, 0 or more
     */
    static RequestBody ofSupplier(Supplier<? extends InputStream> streams, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("length is negative: " + length);
        }
        return new RequestBodies.OfSupplier(Objects.requireNonNull(streams, "streams"), OptionalLong.of(length));
    }
}
