package dev.atlex.schema;

import java.util.List;

/**
 * A method that may change something: an HTTP POST with JSON, or with no body at all.
 *
 * @param parameters of the URL, which hardly any procedure has
 * @param <I> its input; {@link Unit} where it has none
 * @param <B> the input's builder
 * @param <O> its answer
 */
public record Procedure<I extends LexObject, B extends ObjectBuilder<I, B>, O>(
        String nsid, Codec<?> parameters, ObjectCodec<I, B> input, Output<O> output, List<String> errors)
        implements Method<O> {}
