package dev.atlex.client;

/** What becomes of an element of an array in a response that does not validate. */
public enum InvalidItems {
    /** It makes the whole response invalid: the call throws {@link XrpcResponseValidationException}. */
    FAIL,

    /** It is left out and reported by {@link XrpcResponse#problems()}. */
    SKIP
}
