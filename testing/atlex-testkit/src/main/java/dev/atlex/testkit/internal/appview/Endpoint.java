package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method of the AppView.
 *
 * @param schema the parameters of a query, or the input of a procedure
 * @param body returns the output, or null for none
 */
public record Endpoint(
        String nsid, boolean procedure, InputSchema schema, Function<ViewerCall, @Nullable LexMap> body) {
    static Endpoint query(String nsid, InputSchema params, Function<ViewerCall, @Nullable LexMap> body) {
        return new Endpoint(nsid, false, params, body);
    }

    static Endpoint procedure(String nsid, InputSchema input, Function<ViewerCall, @Nullable LexMap> body) {
        return new Endpoint(nsid, true, input, body);
    }
}
