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
 * The body of a method's response, which decodes itself.
 *
 * @param <T> its Java type: an object, {@link LexValue}, {@link Bytes} or {@link Unit}
 */
public sealed interface Output<T> {
    /** Returns the media type to accept, perhaps a pattern; null if the method declares no body, or none is known. */
    @Nullable
    String encoding();

    /**
     * Decodes a body.
     *
     * @param mediaType the response's media type in lower case, without parameters; null if the response has none
     * @param body the whole body; bytes are not copied
     * @param options how strictly JSON is read
     * @throws LexValidationException if the body violates its schema
     * @throws LexDataException if the body is malformed
     */
    T decode(@Nullable String mediaType, byte[] body, ReadOptions options);

    /** Returns the names of the fields of a JSON object; empty if the body is not an object of one class. */
    default List<String> fieldNames() {
        return List.of();
    }

    /** Returns JSON that follows a schema. */
    static <T> Output<T> json(Codec<T> codec) {
        return new Json<>(codec);
    }

    /** Returns bytes of a media type, or of any type that matches a pattern. */
    static Output<Bytes> binary(String encoding) {
        return new Binary(encoding);
    }

    /**
     * Returns an output that is not known beforehand: JSON of any content as a tree, {@link Bytes} for any other media
     * type, {@link LexNull} for an empty body.
     */
    static Output<LexValue> undeclared() {
        return Undeclared.INSTANCE;
    }

    /** Returns the output of a method that declares none; a body that a server sends is ignored. */
    static Output<Unit> none() {
        return None.INSTANCE;
    }

    /**
     * JSON that follows a schema.
     *
     * @param codec the codec of the schema
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
     * Bytes.
     *
     * @param encoding their media type, or a pattern
     */
    record Binary(String encoding) implements Output<Bytes> {
        @Override
        public Bytes decode(@Nullable String mediaType, byte[] body, ReadOptions options) {
            return Bytes.wrap(body);
        }
    }

    /** An output that is not known beforehand. */
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

    /** The output of a method that declares none. */
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
