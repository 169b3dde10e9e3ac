package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A value in the AT Protocol's data model, as an untyped tree.
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

    /** Returns a string. */
    static LexValue of(String value) {
        return new LexString(value);
    }

    /** Returns an integer. */
    static LexValue of(long value) {
        return new LexInteger(value);
    }

    /** Returns a boolean. */
    static LexValue of(boolean value) {
        return LexBoolean.of(value);
    }

    /** Returns an array with a copy of the list's values. */
    static LexValue of(List<? extends LexValue> values) {
        return LexArray.copyOf(values);
    }

    /** Returns null as a value in the data model. */
    static LexValue ofNull() {
        return LexNull.NULL;
    }

    /**
     * Parses the protocol's JSON, including {@code $link} and {@code $bytes}, in strict mode.
     *
     * @throws LexDataException if the String isn't valid JSON, or violates the data model
     */
    static LexValue parseJson(String json) {
        return parseJson(json, ReadOptions.STRICT);
    }

    /** Like {@link #parseJson(String)}, with read options. */
    static LexValue parseJson(String json, ReadOptions options) {
        return LexReader.parseJson(Text.escapeLoneSurrogates(json).getBytes(UTF_8), options);
    }

    /** Like {@link #parseJson(String, ReadOptions)}, with UTF-8 bytes as input. */
    static LexValue parseJson(byte[] json, ReadOptions options) {
        return LexReader.parseJson(json, options);
    }

    /**
     * Parses canonical DAG-CBOR in strict mode.
     *
     * @throws LexDataException if the bytes aren't valid CBOR, aren't in canonical form, or violate the data model
     */
    static LexValue parseCbor(byte[] cbor) {
        return parseCbor(cbor, ReadOptions.STRICT);
    }

    /** Like {@link #parseCbor(byte[])}, with read options. */
    static LexValue parseCbor(byte[] cbor, ReadOptions options) {
        return LexReader.parseCbor(cbor, options);
    }

    /** Returns the value as JSON. Secrets aren't redacted. */
    default String toJson() {
        return new String(LexWriter.toJson(w -> w.value(this)), UTF_8);
    }

    /**
     * Returns the value as canonical DAG-CBOR.
     *
     * @throws LexDataException if the value contains a float, which the protocol doesn't allow
     */
    default byte[] toCbor() {
        return LexWriter.toCbor(w -> w.value(this));
    }

    /** Returns the CID that the value would have as a record: the CID of its {@linkplain #toCbor() DAG-CBOR}. */
    default Cid cid() {
        return Cid.ofDagCbor(toCbor());
    }
}
