package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.ReadProblem;
import dev.atlex.data.ReadProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer, whole.
 *
 * @param status the HTTP status, from 200 to 299
 * @param headers the answer's headers
 * @param encoding the body's media type without parameters, or null where there is no body
 * @param body the body, checked and typed
 * @param problems the first elements of arrays that do not validate and were left out, in the order of the response; only
 *     with {@link CallOptions.Builder#invalidItems}
 * @param problemCount how many elements were left out; of more than {@value ReadProblems#MAX_KEPT} only the first are among
 *     the problems
 * @param <O> its type
 */
public record XrpcResponse<O>(
        int status,
        HttpHeaders headers,
        @Nullable String encoding,
        O body,
        List<ReadProblem> problems,
        long problemCount) {
    public XrpcResponse {
        problems = List.copyOf(problems);
    }

    /** Creates a response of which nothing was left out. */
    public XrpcResponse(int status, HttpHeaders headers, @Nullable String encoding, O body) {
        this(status, headers, encoding, body, List.of(), 0);
    }

    /** This response with a body that was made of its own. */
    <T> XrpcResponse<T> with(T other) {
        return new XrpcResponse<>(status, headers, encoding, other, problems, problemCount);
    }

    /** What the server said of its limits, or null. */
    public @Nullable RateLimit rateLimit() {
        return RateLimit.of(headers);
    }
}
