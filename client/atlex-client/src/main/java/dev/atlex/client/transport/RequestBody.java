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
 * The bytes of a request. A replayable body can be sent again, for example with a refreshed token; one made by
 * {@link #ofStream} can't.
 */
public interface RequestBody {
    /**
     * Returns the number of bytes that {@link #open()} provides, or empty if unknown. A body of unknown length is sent
     * in chunks.
     *
     * @throws IOException if the length can't be determined, for example because the file is gone
     */
    OptionalLong contentLength() throws IOException;

    /** Returns whether {@link #open()} may be called again and provides the same bytes each time. */
    boolean isReplayable();

    /**
     * Opens a stream of the bytes, from the first one. The transport closes the stream.
     *
     * @throws IOException if the bytes can't be opened
     * @throws IllegalStateException if the body isn't replayable and was opened before
     */
    InputStream open() throws IOException;

    /** Returns the file's name without its folder, or null if there is none. The media type may be detected from it. */
    default @Nullable String fileName() {
        return null;
    }

    /** Returns a body with these bytes. The array isn't copied and must not change until the call ends. */
    static RequestBody of(byte[] bytes) {
        return new RequestBodies.OfBytes(Objects.requireNonNull(bytes, "bytes"));
    }

    /** Returns a body with this text in UTF-8. */
    static RequestBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a body with the content of a file. The file is opened each time the request is sent, and its size must
     * not change.
     */
    static RequestBody ofFile(Path file) {
        return new RequestBodies.OfFile(Objects.requireNonNull(file, "file"));
    }

    /** Returns a body with the rest of a stream, which is sent once, in chunks. */
    static RequestBody ofStream(InputStream stream) {
        return new RequestBodies.OfStream(Objects.requireNonNull(stream, "stream"));
    }

    /**
     * Returns a body that is read from the supplier's streams. Each call must return a new stream with the same bytes.
     * The body is sent in chunks.
     */
    static RequestBody ofSupplier(Supplier<? extends InputStream> streams) {
        return new RequestBodies.OfSupplier(Objects.requireNonNull(streams, "streams"), OptionalLong.empty());
    }

    /**
     * Like {@link #ofSupplier(Supplier)}, with a known length. The call fails if a stream has more or fewer bytes.
     *
     * @param length the number of bytes of each stream, zero or more
     */
    static RequestBody ofSupplier(Supplier<? extends InputStream> streams, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative (got " + length + ")");
        }
        return new RequestBodies.OfSupplier(Objects.requireNonNull(streams, "streams"), OptionalLong.of(length));
    }
}
