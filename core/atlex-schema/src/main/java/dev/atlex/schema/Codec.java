package dev.atlex.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;

/**
 * Reads and writes the values of one schema, in every format that there is. Reading checks as it goes.
 *
 * @param <T> the Java type of the values
 */
public interface Codec<T> {
    /**
     * Takes one value from the reader.
     *
     * @throws LexValidationException if it does not follow the schema
     */
    T read(LexReader reader);

    void write(LexWriter writer, T value);

    /**
     * Parses a JSON document.
     *
     * @throws LexDataException if it is malformed
     * @throws LexValidationException if it does not follow the schema
     */
    default T fromJson(byte[] json, ReadOptions options) {
        return LexReader.readJson(json, options, this::read);
    }

    /** As {@link #fromJson(byte[], ReadOptions)}, of a text, strictly. */
    default T fromJson(String json) {
        return fromJson(json.getBytes(UTF_8), ReadOptions.STRICT);
    }

    /**
     * The typed value that an untyped one is.
     *
     * @throws LexValidationException if it does not follow the schema
     */
    default T fromValue(LexValue value, ReadOptions options) {
        return LexReader.readValue(value, options, this::read);
    }

    /** As {@link #fromValue(LexValue, ReadOptions)}, strictly. */
    default T fromValue(LexValue value) {
        return fromValue(value, ReadOptions.STRICT);
    }

    /** The value as JSON in UTF-8. */
    default byte[] toJson(T value) {
        return LexWriter.toJson(writer -> write(writer, value));
    }

    /** The value as an untyped tree. */
    default LexValue toValue(T value) {
        return LexWriter.toValue(writer -> write(writer, value));
    }

    /**
     * Checks a value that a program made against all constraints of its schema, which building it does not.
     *
     * @throws LexValidationException if it breaks one
     */
    default void validate(T value) {
        fromValue(toValue(value), ReadOptions.STRICT);
    }
}
