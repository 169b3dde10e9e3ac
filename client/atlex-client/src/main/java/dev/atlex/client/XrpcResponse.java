package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.ReadProblem;
import dev.atlex.data.ReadProblems;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A successful response: status, headers and the decoded body.
 *
 * @param <O> the type of the body
 */
public final class XrpcResponse<O> {
    private final int status;
    private final HttpHeaders headers;
    private final @Nullable String encoding;
    private final O body;
    private final List<ReadProblem> problems;
    private final long problemCount;

    /** Creates a response without problems: no elements were left out. */
    public XrpcResponse(int status, HttpHeaders headers, @Nullable String encoding, O body) {
        this(status, headers, encoding, body, List.of(), 0);
    }

    /**
     * Creates a response.
     *
     * @param status the HTTP status, from 200 to 299
     * @param headers the response's headers
     * @param encoding the body's media type without parameters, or null if the body is empty and has none
     * @param body the decoded body
     * @param problems the problems with the first array elements that were left out because they are invalid
     * @param problemCount the number of elements that were left out
     */
    public XrpcResponse(
            int status,
            HttpHeaders headers,
            @Nullable String encoding,
            O body,
            List<ReadProblem> problems,
            long problemCount) {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.encoding = encoding;
        this.body = body;
        this.problems = List.copyOf(problems);
        this.problemCount = problemCount;
    }

    /** Returns the same response with a different body, converted from its own. */
    <T> XrpcResponse<T> with(T other) {
        return new XrpcResponse<>(status, headers, encoding, other, problems, problemCount);
    }

    /** Returns the HTTP status, from 200 to 299. */
    public int status() {
        return status;
    }

    /** Returns the response's headers. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns the body's media type without parameters, or null if the body is empty and has none. */
    public @Nullable String encoding() {
        return encoding;
    }

    /** Returns the decoded body. */
    public O body() {
        return body;
    }

    /**
     * Returns the problems with the first array elements that were left out because they are invalid, in the order of
     * the response. Empty unless {@link InvalidItems#SKIP} is set.
     */
    public List<ReadProblem> problems() {
        return problems;
    }

    /**
     * Returns the number of elements that were left out; {@link #problems} has the first
     * {@value ReadProblems#MAX_KEPT}.
     */
    public long problemCount() {
        return problemCount;
    }

    /** Returns the rate limit from the headers, or null if there is none. */
    public @Nullable RateLimit rateLimit() {
        return RateLimit.of(headers);
    }

    /** Returns the status, the headers without credentials, and the body, in which generated types redact secrets. */
    @Override
    public String toString() {
        return "XrpcResponse[" + status + ", headers=" + headers + ", body=" + body + "]";
    }
}
