package dev.atlex.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;

/**
 * Reads and writes values of one schema as JSON, DAG-CBOR or untyped trees. Constraints are checked while reading,
 * unless {@link ReadOptions#validate()} is false.
 *
 * @param <T> the Java type of the values
 */
public interface Codec<T> {
    /**
     * Reads one value.
     *
     * @throws LexValidationException if it violates the schema
     * @throws LexDataException if it violates the data model, or the input is malformed
     */
    T read(LexReader reader);

    /** Writes one value, without checking its constraints. */
    void write(LexWriter writer, T value);

    /**
     * Parses a JSON document.
     *
     * @throws LexDataException if it is malformed or violates the data model
     * @throws LexValidationException if it violates the schema
     */
    default T fromJson(byte[] json, ReadOptions options) {
        return LexReader.readJson(json, options, this::read);
    }

    /** Like {@link #fromJson(byte[], ReadOptions)}, for a String and {@link ReadOptions#STRICT}. */
    default T fromJson(String json) {
        return fromJson(json.getBytes(UTF_8), ReadOptions.STRICT);
    }

    /**
     * Converts an untyped value to a typed one.
     *
     * @throws LexValidationException if it violates the schema
     * @throws LexDataException if it violates the data model
     */
    default T fromValue(LexValue value, ReadOptions options) {
        return LexReader.readValue(value, options, this::read);
    }

    /** Like {@link #fromValue(LexValue, ReadOptions)}, with {@link ReadOptions#STRICT}. */
    default T fromValue(LexValue value) {
        return fromValue(value, ReadOptions.STRICT);
    }

    /** Returns the value as JSON in UTF-8. */
    default byte[] toJson(T value) {
        return LexWriter.toJson(writer -> write(writer, value));
    }

    /** Returns the value as an untyped tree. */
    default LexValue toValue(T value) {
        return LexWriter.toValue(writer -> write(writer, value));
    }

    /**
     * Checks a value strictly against the data model and all constraints in its schema. Builders check only that
     * required fields are set.
     *
     * @throws LexValidationException if it violates a constraint
     * @throws LexDataException if it violates the data model
     */
    default void validate(T value) {
        fromValue(toValue(value), ReadOptions.STRICT);
    }
}
