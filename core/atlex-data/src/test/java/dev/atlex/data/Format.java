package dev.atlex.data;

import java.util.function.Function;

/** The three input formats, for tests that all readers must pass. */
enum Format {
    JSON {
        @Override
        <T> T read(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
            return LexReader.readJson(LexWriter.toJson(w -> w.value(value)), options, body);
        }
    },
    CBOR {
        @Override
        <T> T read(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
            return LexReader.readCbor(value.toCbor(), options, body);
        }
    },
    TREE {
        @Override
        <T> T read(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
            return LexReader.readValue(value, options, body);
        }
    };

    /** Writes the value in this format, and reads it back. */
    abstract <T> T read(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body);
}
