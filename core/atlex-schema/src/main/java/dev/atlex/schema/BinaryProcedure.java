package dev.atlex.schema;

import java.util.List;

/**
 * A method whose input is bytes of some media type: an HTTP POST.
 *
 * @param parameters of the URL, which hardly any procedure has
 * @param encoding the media type that it takes, perhaps a pattern: {@code *}{@code /*}
 * @param <O> its answer
 */
public record BinaryProcedure<O>(
        String nsid, Codec<?> parameters, String encoding, Output<O> output, List<String> errors)
        implements Method<O> {}
