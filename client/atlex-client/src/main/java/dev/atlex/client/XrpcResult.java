package dev.atlex.client;

import java.util.function.Function;

/**
 * The result of a call as a value: success or failure. The interface is sealed, so a {@code switch} over it is
 * exhaustive.
 *
 * @param <O> the type of the response's body
 */
public sealed interface XrpcResult<O> {
    /**
     * The call succeeded.
     *
     * @param response the whole response
     * @param <O> the type of the response's body
     */
    record Success<O>(XrpcResponse<O> response) implements XrpcResult<O> {
        /** Returns the response's body. */
        public O body() {
            return response.body();
        }
    }

    /**
     * The call failed.
     *
     * @param failure the exception that {@link Client#xrpc} would have thrown
     * @param <O> the type of the response's body
     */
    record Failure<O>(XrpcException failure) implements XrpcResult<O> {
        /** Returns the error's name. */
        public String error() {
            return failure.error();
        }
    }

    /** Returns whether the call succeeded. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * Returns the response's body.
     *
     * @throws XrpcException if the call failed
     */
    default O orElseThrow() {
        if (this instanceof Success<O> success) {
            return success.body();
        }
        throw ((Failure<O>) this).failure();
    }

    /** Returns the response's body, or the function's result if the call failed. */
    default O orElseGet(Function<? super XrpcException, ? extends O> fallback) {
        return this instanceof Success<O> success ? success.body() : fallback.apply(((Failure<O>) this).failure());
    }
}
