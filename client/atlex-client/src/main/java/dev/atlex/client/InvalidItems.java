package dev.atlex.client;

/** What happens to an invalid element of an array in a response. */
public enum InvalidItems {
    /** The whole response is invalid: the call throws {@link XrpcResponseValidationException}. */
    FAIL,

    /** The element is left out and reported by {@link XrpcResponse#problems()}. */
    SKIP
}
