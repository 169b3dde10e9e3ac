package dev.atlex.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The implementations of {@link RequestBody}. Their descriptions show no content. */
final class RequestBodies {
    private RequestBodies() {}

    static final class OfBytes implements RequestBody {
        final byte[] bytes;

        OfBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public OptionalLong contentLength() {
            return OptionalLong.of(bytes.length);
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public String toString() {
            return "RequestBody[" + bytes.length + " bytes]";
        }
    }

    static final class OfFile implements RequestBody {
        private final Path file;

        OfFile(Path file) {
            this.file = file;
        }

        @Override
        public OptionalLong contentLength() throws IOException {
            return OptionalLong.of(Files.size(file));
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public @Nullable String fileName() {
            Path name = file.getFileName();
            return name == null ? null : name.toString();
        }

        @Override
        public String toString() {
            return "RequestBody[" + file + "]";
        }
    }

    static final class OfStream implements RequestBody {
        private final InputStream stream;
        private final AtomicBoolean opened = new AtomicBoolean();

        OfStream(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public OptionalLong contentLength() {
            return OptionalLong.empty();
        }

        @Override
        public boolean isReplayable() {
            return false;
        }

        @Override
        public InputStream open() {
            if (!opened.compareAndSet(false, true)) {
                throw new IllegalStateException("a body made from a stream can be sent only once");
            }
            return stream;
        }

        @Override
        public String toString() {
            return "RequestBody[stream]";
        }
    }

    static final class OfSupplier implements RequestBody {
        private final Supplier<? extends InputStream> streams;
        private final OptionalLong length;

        OfSupplier(Supplier<? extends InputStream> streams, OptionalLong length) {
            this.streams = streams;
            this.length = length;
        }

        @Override
        public OptionalLong contentLength() {
            return length;
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public InputStream open() {
            return streams.get();
        }

        @Override
        public String toString() {
            return "RequestBody[" + (length.isPresent() ? length.getAsLong() + " bytes" : "stream") + ", replayable]";
        }
    }
}
