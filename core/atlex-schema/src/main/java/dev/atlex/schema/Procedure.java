package dev.atlex.schema;

import dev.atlex.data.LexWriter;
import dev.atlex.data.internal.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that may change state on the server: an HTTP POST with a JSON object, or without a body.
 *
 * @param nsid the method's NSID
 * @param parameters the codec for the URL's parameters; usually {@link Unit#CODEC}
 * @param input the codec for the input
 * @param output the response's body
 * @param errors the names of the errors that the method declares
 * @param <I> the input's class; {@link Unit} if the method takes no body
 * @param <B> the builder for the input
 * @param <O> the output's Java type
 */
public record Procedure<I extends LexObject, B extends ObjectBuilder<I, B>, O>(
        String nsid, Codec<?> parameters, ObjectSchema<I, B> input, Output<O> output, List<String> errors)
        implements Method<O> {
    /** Returns false. */
    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public @Nullable String inputEncoding() {
        return input == Unit.CODEC ? null : MediaType.JSON;
    }

    @Override
    public ObjectSchema<I, B> inputCodec() {
        return input;
    }

    /**
     * Encodes an input as JSON in UTF-8, without checking its constraints.
     *
     * @throws ClassCastException if the value isn't of the input's class
     */
    public byte[] encode(LexObject value) {
        return LexWriter.toJson(writer -> input.writeObject(writer, value));
    }
}
