package dev.atlex.client;

/** The ways to handle an invalid array element in a response. */
public enum InvalidItems {
    /** The whole response is invalid: the call throws {@link XrpcResponseValidationException}. */
    FAIL,

    /** The element is left out and reported by {@link XrpcResponse#problems()}. */
    SKIP
}
