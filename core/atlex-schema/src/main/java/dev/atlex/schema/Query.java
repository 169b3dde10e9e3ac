package dev.atlex.schema;

import java.util.List;

/**
 * A method that reads: an HTTP GET.
 *
 * @param <P> its parameters; {@link Unit} where it has none
 * @param <B> their builder
 * @param <O> its answer
 */
public record Query<P extends LexObject, B extends ObjectBuilder<P, B>, O>(
        String nsid, ObjectCodec<P, B> parameters, Output<O> output, List<String> errors) implements Method<O> {}
