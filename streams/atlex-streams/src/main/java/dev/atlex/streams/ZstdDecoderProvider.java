package dev.atlex.streams;

/**
 * Creates decoders of Zstandard frames, so that a {@link Jetstream} can be compressed. Implementations are loaded through
 * {@link java.util.ServiceLoader}. The {@code dev.atlex:atlex-streams-zstd} artifact contains one; a stream uses it if it is
 * on the class path or module path.
 */
public interface ZstdDecoderProvider {
    /**
     * Creates a decoder.
     *
     * @param dictionary a Zstandard dictionary with an id, which all frames were compressed with
     * @throws IllegalArgumentException if it isn't a valid dictionary
     */
    Decoder create(byte[] dictionary);

    /** Decodes the frames of one dictionary. Thread-safe. */
    interface Decoder {
        /**
         * Decodes a frame.
         *
         * @param frame a whole frame
         * @param maxBytes the largest result, in bytes
         * @throws IllegalArgumentException if the frame is invalid, was compressed with another dictionary, or is larger
         *     than {@code maxBytes} without compression
         */
        byte[] decode(byte[] frame, int maxBytes);
    }
}
