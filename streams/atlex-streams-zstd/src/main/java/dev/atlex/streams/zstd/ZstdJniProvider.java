package dev.atlex.streams.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.atlex.streams.ZstdDecoderProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decompresses frames with zstd-jni. {@link java.util.ServiceLoader} finds this class, so programs don't have to create
 * an instance.
 */
public final class ZstdJniProvider implements ZstdDecoderProvider {
    /** Creates a provider. */
    public ZstdJniProvider() {}

    @Override
    public Decoder create(byte[] dictionary) {
        try {
            return new JniDecoder(new ZstdDictDecompress(dictionary));
        } catch (ZstdException | IllegalStateException e) {
            throw new IllegalArgumentException("not a valid Zstandard dictionary: " + e.getMessage(), e);
        }
    }

    /** Decodes with one native context. The finalizers of the dictionary and the context free their native memory. */
    private static final class JniDecoder implements Decoder {
        private static final int MAGIC = 0x28B52FFD;

        /** The size of the smallest header. */
        private static final int HEADER = 6;

        /**
         * The largest window, as a power of 2: 16 MiB, more than any level below the "ultra" ones uses. The window of
         * a frame without a size is allocated before any data is decoded.
         */
        private static final int MAX_WINDOW_LOG = 24;

        private final ZstdDictDecompress dictionary;
        private final ZstdDecompressCtx context;

        JniDecoder(ZstdDictDecompress dictionary) {
            this.dictionary = dictionary;
            this.context = new ZstdDecompressCtx().loadDict(dictionary);
        }

        @Override
        public synchronized byte[] decode(byte[] frame, int maxBytes) {
            if (frame.length < HEADER || ByteBuffer.wrap(frame).getInt() != MAGIC) {
                throw new IllegalArgumentException("not a Zstandard frame (got " + frame.length + " bytes)");
            }
            try {
                long size = Zstd.getFrameContentSize(frame);
                if (size > maxBytes) {
                    throw tooLarge(maxBytes);
                }
                // The size is 0 if the header doesn't contain it, and negative if the header is invalid.
                return size > 0 ? context.decompress(frame, (int) size) : decodeStream(frame, maxBytes);
            } catch (ZstdException | IOException e) {
                throw new IllegalArgumentException("invalid Zstandard frame: " + e.getMessage(), e);
            }
        }

        private byte[] decodeStream(byte[] frame, int maxBytes) throws IOException {
            try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(frame))
                    .setLongMax(MAX_WINDOW_LOG)
                    .setDict(dictionary)) {
                ByteArrayOutputStream decoded = new ByteArrayOutputStream();
                byte[] part = new byte[8192];
                // Not readNBytes, which would repeat a read without progress forever.
                for (int read = in.read(part); read >= 0; read = in.read(part)) {
                    if (read == 0) {
                        throw new IllegalArgumentException(
                                "truncated Zstandard frame (got " + frame.length + " bytes)");
                    }
                    if (read > maxBytes - decoded.size()) {
                        throw tooLarge(maxBytes);
                    }
                    decoded.write(part, 0, read);
                }
                return decoded.toByteArray();
            }
        }

        private static IllegalArgumentException tooLarge(int maxBytes) {
            return new IllegalArgumentException("the frame is larger than " + maxBytes + " bytes without compression");
        }
    }
}
