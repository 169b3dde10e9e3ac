package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import org.jspecify.annotations.Nullable;

/** Implements a method that a {@link LocalPds} lacks, or replaces one that it has. Set it with {@link LocalPds#handle}. */
@FunctionalInterface
public interface MethodHandler {
    /**
     * Responds to a call.
     *
     * @return the output, sent as JSON with status 200; null for a response without a body
     * @throws MethodException to send an error response; any other exception is logged and sent as status 500
     */
    @Nullable
    LexMap handle(MethodCall call);
}
