package dev.atlex.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that takes bytes of a given media type: an HTTP POST.
 *
 * @param nsid the method's NSID
 * @param parameters the codec for the URL's parameters; usually {@link Unit#CODEC}
 * @param encoding the media type that the method accepts, or a pattern such as {@code image/*}
 * @param output the response's body
 * @param errors the names of the errors that the method declares
 * @param <O> the output's Java type
 */
public record BinaryProcedure<O>(
        String nsid, Codec<?> parameters, String encoding, Output<O> output, List<String> errors) implements Method<O> {
    /** Returns false. */
    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public @Nullable String inputEncoding() {
        return encoding;
    }

    @Override
    public Codec<?> inputCodec() {
        return Unit.CODEC;
    }
}
