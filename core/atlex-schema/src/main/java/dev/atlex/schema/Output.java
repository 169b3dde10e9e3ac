package dev.atlex.schema;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.generated.Codecs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method's output: decodes the body of a response.
 *
 * @param <T> the Java type: an object, {@link LexValue}, {@link Bytes} or {@link Unit}
 */
public sealed interface Output<T> {
    /** Returns the media type or pattern to request; null if the method declares no body, or its output isn't known. */
    @Nullable
    String encoding();

    /**
     * Decodes a body.
     *
     * @param mediaType the response's media type in lowercase, without parameters; null if the response has none
     * @param body the whole body; bytes aren't copied
     * @param options how strictly JSON is read
     * @throws LexValidationException if the body violates its schema
     * @throws LexDataException if the body is malformed
     */
    T decode(@Nullable String mediaType, byte[] body, ReadOptions options);

    /** Returns the names of the fields of a JSON object; empty if the body isn't an object of one class. */
    default List<String> fieldNames() {
        return List.of();
    }

    /** Returns the output of a method whose response is JSON of a given schema. */
    static <T> Output<T> json(Codec<T> codec) {
        return new Json<>(codec);
    }

    /**
     * Returns the output of a method whose response is bytes of a media type, or of any type that matches a pattern.
     */
    static Output<Bytes> binary(String encoding) {
        return new Binary(encoding);
    }

    /**
     * Returns an output for methods without a known schema. It decodes JSON as a tree, an empty body as
     * {@link LexNull}, and any other media type as {@link Bytes}.
     */
    static Output<LexValue> undeclared() {
        return Undeclared.INSTANCE;
    }

    /** Returns the output of a method that declares no body. If the server sends one, it is ignored. */
    static Output<Unit> none() {
        return None.INSTANCE;
    }

    /**
     * JSON of a given schema.
     *
     * @param codec the codec for values of the schema
     * @param <T> the Java type of the values
     */
    record Json<T>(Codec<T> codec) implements Output<T> {
        @Override
        public String encoding() {
            return MediaType.JSON;
        }

        @Override
        public T decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
            return codec.fromJson(body, options);
        }

        @Override
        public List<String> fieldNames() {
            return codec instanceof ObjectSchema<?, ?> object ? object.fieldNames() : List.of();
        }
    }

    /**
     * Bytes of any content.
     *
     * @param encoding the media type, or a pattern
     */
    record Binary(String encoding) implements Output<Bytes> {
        @Override
        public Bytes decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
            return Bytes.wrap(body);
        }
    }

    /** The output of a method without a known schema. */
    enum Undeclared implements Output<LexValue> {
        /** The only instance. */
        INSTANCE;

        @Override
        public @Nullable String encoding() {
            return null;
        }

        @Override
        public LexValue decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
            if (MediaType.JSON.equals(mediaType)) {
                return Codecs.VALUE.fromJson(body, options);
            }
            return body.length == 0 ? LexNull.NULL : Bytes.wrap(body);
        }
    }

    /** The output of a method that declares no body. */
    enum None implements Output<Unit> {
        /** The only instance. */
        INSTANCE;

        @Override
        public @Nullable String encoding() {
            return null;
        }

        @Override
        public Unit decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
            return Unit.INSTANCE;
        }
    }
}
