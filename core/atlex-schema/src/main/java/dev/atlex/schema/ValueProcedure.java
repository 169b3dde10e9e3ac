package dev.atlex.schema;

import dev.atlex.data.internal.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that takes JSON other than an object of one class: a union, or JSON without a schema. An HTTP POST.
 *
 * @param nsid the method's NSID
 * @param parameters the codec for the URL's parameters; usually {@link Unit#CODEC}
 * @param input the codec for the input
 * @param output the response's body
 * @param errors the names of the errors that the method declares
 * @param <I> the input's Java type
 * @param <O> the output's Java type
 */
public record ValueProcedure<I, O>(
        String nsid, Codec<?> parameters, Codec<I> input, Output<O> output, List<String> errors) implements Method<O> {
    /** Returns false. */
    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public @Nullable String inputEncoding() {
        return MediaType.JSON;
    }

    @Override
    public Codec<I> inputCodec() {
        return input;
    }
}
