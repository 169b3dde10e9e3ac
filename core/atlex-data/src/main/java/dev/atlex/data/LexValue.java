package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A value of the AT Protocol's data model, as an untyped tree.
 *
 * <p>The interface is sealed, so a {@code switch} over it can be exhaustive. Values are immutable and compared by
 * content; the order of keys in a map doesn't matter.
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
public sealed interface LexValue
        permits LexNull, LexBoolean, LexInteger, LexFloat, LexString, Bytes, Cid, LexArray, LexMap {

    /** Returns the kind of this value. */
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
     * Parses the protocol's JSON, including {@code $link} and {@code $bytes}, in strict mode.
     *
     * @throws LexDataException if the text is not valid JSON, or violates the data model
     */
    static LexValue parseJson(String json) {
        return parseJson(json, ReadOptions.STRICT);
    }

    /** Like {@link #parseJson(String)}, but with options. */
    static LexValue parseJson(String json, ReadOptions options) {
        return LexReader.parseJson(Text.escapeLoneSurrogates(json).getBytes(UTF_8), options);
    }

    /** Like {@link #parseJson(String, ReadOptions)}, but from UTF-8 bytes. */
    static LexValue parseJson(byte[] json, ReadOptions options) {
        return LexReader.parseJson(json, options);
    }

    /**
     * Parses canonical DAG-CBOR in strict mode.
     *
     * @throws LexDataException if the bytes are not valid CBOR, not in the canonical form, or violate the data model
     */
    static LexValue parseCbor(byte[] cbor) {
        return parseCbor(cbor, ReadOptions.STRICT);
    }

    /** Like {@link #parseCbor(byte[])}, but with options. */
    static LexValue parseCbor(byte[] cbor, ReadOptions options) {
        return LexReader.parseCbor(cbor, options);
    }

    /** Returns the value as JSON. Secrets are not redacted. */
    default String toJson() {
        return new String(LexWriter.toJson(w -> w.value(this)), UTF_8);
    }

    /**
     * Returns the value as canonical DAG-CBOR.
     *
     * @throws LexDataException if it contains a float, which the protocol doesn't allow
     */
    default byte[] toCbor() {
        return LexWriter.toCbor(w -> w.value(this));
    }

    /** Returns the CID of the value as a record, which is that of its {@linkplain #toCbor() DAG-CBOR}. */
    default Cid cid() {
        return Cid.ofDagCbor(toCbor());
    }
}
