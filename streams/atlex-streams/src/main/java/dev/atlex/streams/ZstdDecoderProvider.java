package dev.atlex.streams;

/**
 * Creates decoders of Zstandard frames, so that a {@link Jetstream} can be compressed. Implementations are loaded with
 * {@link java.util.ServiceLoader}. The artifact {@code dev.atlex:atlex-streams-zstd} contains one; a stream uses it if
 * it is on the class path or module path.
 */
public interface ZstdDecoderProvider {
    /**
     * Creates a decoder.
     *
     * @param dictionary a Zstandard dictionary with an id; all frames were compressed with it
     * @throws IllegalArgumentException if it isn't a valid dictionary
     */
    Decoder create(byte[] dictionary);

    /** Decodes the frames of one dictionary. Thread-safe. */
    interface Decoder {
        /**
         * Decodes a frame.
         *
         * @param frame the complete frame
         * @param maxBytes the maximum size of the result, in bytes
         * @throws IllegalArgumentException if the frame is invalid or was compressed with a different dictionary, or if
         *     the result would be larger than {@code maxBytes}
         */
        byte[] decode(byte[] frame, int maxBytes);
    }
}
