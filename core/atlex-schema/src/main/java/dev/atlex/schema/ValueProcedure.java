package dev.atlex.schema;

import java.util.List;

/**
 * A method whose input is JSON, but no object of one class: a union, or JSON without a schema. An HTTP POST.
 *
 * @param parameters of the URL, which hardly any procedure has
 * @param <I> its input
 * @param <O> its answer
 */
public record ValueProcedure<I, O>(
        String nsid, Codec<?> parameters, Codec<I> input, Output<O> output, List<String> errors) implements Method<O> {}
