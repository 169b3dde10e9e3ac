package dev.atlex.schema;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import org.jspecify.annotations.Nullable;

/**
 * The body of a method's answer.
 *
 * @param encoding its media type, perhaps a pattern, or null where the method declares no body, or none is known
 * @param codec its schema, or null where the body is bytes or there is none
 * @param <T> its Java type: an object, {@link LexValue}, {@link Bytes} or {@link Unit}
 */
public record Output<T>(@Nullable String encoding, @Nullable Codec<T> codec) {
    /** JSON of a schema. */
    public static <T> Output<T> json(Codec<T> codec) {
        return new Output<>(MediaTypes.JSON, codec);
    }

    /** Bytes of a media type. */
    public static Output<Bytes> binary(String encoding) {
        return new Output<>(encoding, null);
    }

    /**
     * One that is not known beforehand: JSON of any content, as a tree; {@link Bytes} of whatever other media type;
     * {@link LexNull} where no body comes.
     */
    public static Output<LexValue> undeclared() {
        return new Output<>(null, Codecs.VALUE);
    }

    /** None that the method declares; whatever comes is not looked at. */
    public static Output<Unit> none() {
        return new Output<>(null, null);
    }
}
