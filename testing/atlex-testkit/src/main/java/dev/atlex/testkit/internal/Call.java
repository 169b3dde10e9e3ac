package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import org.jspecify.annotations.Nullable;

/** A call to a method, validated against the method's declaration. */
final class Call {
    final Request request;
    final LexMap params;
    final LexMap input;

    /** The input if it isn't JSON. */
    final byte[] bytes;

    private final Tokens.@Nullable Claims claims;

    Call(Request request, LexMap params, LexMap input, byte[] bytes, Tokens.@Nullable Claims claims) {
        this.request = request;
        this.params = params;
        this.input = input;
        this.bytes = bytes;
        this.claims = claims;
    }

    Tokens.Claims claims() {
        if (claims == null) {
            throw new IllegalStateException("the method is declared without a token");
        }
        return claims;
    }

    /** Returns the account of the request's token, or null if there was none. */
    @Nullable
    String did() {
        return claims == null ? null : claims.did();
    }

    /** Returns a required parameter. */
    String param(String name) {
        return require(params.getString(name), name);
    }

    /** Returns a required field in the input. */
    String field(String name) {
        return require(input.getString(name), name);
    }

    int limit(int byDefault) {
        Long limit = params.getInteger("limit");
        return limit == null ? byDefault : limit.intValue();
    }

    private static String require(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalStateException("not declared as required: " + name);
        }
        return value;
    }
}
