package dev.atlex.client;

import java.util.function.Function;

/**
 * What a call brought, success or failure, as a value. The interface is sealed: a {@code switch} over it is exhaustive.
 *
 * @param <O> the type of the answer's body
 */
public sealed interface XrpcResult<O> {
    /** The call succeeded. */
    record Success<O>(XrpcResponse<O> response) implements XrpcResult<O> {
        public O body() {
            return response.body();
        }
    }

    /** The call failed. */
    record Failure<O>(XrpcException failure) implements XrpcResult<O> {
        public String error() {
            return failure.error();
        }
    }

    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * The answer's body.
     *
     * @throws XrpcException the failure, if it is one
     */
    default O orElseThrow() {
        if (this instanceof Success<O> success) {
            return success.body();
        }
        throw ((Failure<O>) this).failure();
    }

    /** The answer's body, or what the function makes of the failure. */
    default O orElseGet(Function<? super XrpcException, ? extends O> fallback) {
        return this instanceof Success<O> success ? success.body() : fallback.apply(((Failure<O>) this).failure());
    }
}
