package dev.atlex.streams.internal.frame;

import dev.atlex.data.LexException;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import java.util.function.Function;

/** Decodes CBOR from the network. */
public final class CborValues {
    private CborValues() {}

    /**
     * Decodes a value strictly, and if that fails, leniently. Almost all values are canonical, and strict reading is
     * faster.
     *
     * @throws LexException if the value is invalid even for lenient reading
     */
    public static <T> T read(byte[] cbor, Function<? super LexReader, ? extends T> read) {
        try {
            return LexReader.readCbor(cbor, ReadOptions.STRICT, read);
        } catch (LexException e) {
            return LexReader.readCbor(cbor, ReadOptions.LENIENT, read);
        }
    }
}
