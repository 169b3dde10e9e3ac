package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * One value of the AT Protocol's data model: the untyped tree.
 *
 * <p>The interface is sealed, so that a {@code switch} over it is exhaustive. Values are immutable, and equal when the
 * data is equal (of maps, in any order of keys).
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
public sealed interface LexValue
        permits LexNull, LexBoolean, LexInteger, LexFloat, LexString, Bytes, Cid, LexArray, LexMap {

    /** What kind of value this is. */
    Kind kind();

    static LexValue of(String value) {
        return new LexString(value);
    }

    static LexValue of(long value) {
        return new LexInteger(value);
    }

    static LexValue of(boolean value) {
        return LexBoolean.of(value);
    }

    static LexValue of(List<? extends LexValue> values) {
        return LexArray.copyOf(values);
    }

    static LexValue ofNull() {
        return LexNull.NULL;
    }

    /**
     * Parses JSON as the protocol writes it, {@code $link} and {@code $bytes} included, strictly.
     *
     * @throws LexDataException if it is no JSON, or JSON that the data model doesn't allow
     */
    static LexValue parseJson(String json) {
        return parseJson(json, ReadOptions.STRICT);
    }

    /** As {@link #parseJson(String)}, with options. */
    static LexValue parseJson(String json, ReadOptions options) {
        return LexReader.parseJson(Text.escapeLoneSurrogates(json).getBytes(UTF_8), options);
    }

    /** As {@link #parseJson(String, ReadOptions)}, of UTF-8 bytes. */
    static LexValue parseJson(byte[] json, ReadOptions options) {
        return LexReader.parseJson(json, options);
    }

    /**
     * Parses canonical DAG-CBOR, strictly.
     *
     * @throws LexDataException if it is no CBOR, not in the canonical form, or CBOR that the data model doesn't allow
     */
    static LexValue parseCbor(byte[] cbor) {
        return parseCbor(cbor, ReadOptions.STRICT);
    }

    /** As {@link #parseCbor(byte[])}, with options. */
    static LexValue parseCbor(byte[] cbor, ReadOptions options) {
        return LexReader.parseCbor(cbor, options);
    }

    /** The value as JSON text. Nothing is redacted. */
    default String toJson() {
        return new String(LexWriter.toJson(w -> w.value(this)), UTF_8);
    }

    /**
     * The value as canonical DAG-CBOR.
     *
     * @throws LexDataException if it holds a float, which the protocol doesn't allow
     */
    default byte[] toCbor() {
        return LexWriter.toCbor(w -> w.value(this));
    }

    /** The CID of the value as a record: of its {@linkplain #toCbor() DAG-CBOR}. */
    default Cid cid() {
        return Cid.ofDagCbor(toCbor());
    }
}
