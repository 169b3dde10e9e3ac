package dev.atlex.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that only reads: an HTTP GET.
 *
 * @param nsid the method's NSID
 * @param parameters the codec for the URL's parameters
 * @param output the response's body
 * @param errors the names of the errors that the method declares
 * @param <P> the parameters' class; {@link Unit} if the method takes no parameters
 * @param <B> the builder for the parameters
 * @param <O> the output's Java type
 */
public record Query<P extends LexObject, B extends ObjectBuilder<P, B>, O>(
        String nsid, ObjectSchema<P, B> parameters, Output<O> output, List<String> errors) implements Method<O> {
    /** Returns true. */
    @Override
    public boolean isQuery() {
        return true;
    }

    /** Returns null, because a GET request has no body. */
    @Override
    public @Nullable String inputEncoding() {
        return null;
    }

    @Override
    public Codec<?> inputCodec() {
        return Unit.CODEC;
    }
}
