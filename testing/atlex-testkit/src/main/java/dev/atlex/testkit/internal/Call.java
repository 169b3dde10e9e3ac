package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import org.jspecify.annotations.Nullable;

/** One call of a method, checked as far as its declaration goes. */
final class Call {
    final Request request;
    final LexMap params;
    final LexMap input;

    /** What came in where the input is no JSON. */
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
            throw new IllegalStateException("the method is declared to need no token");
        }
        return claims;
    }

    /** The DID whose token came with the request, or null where none did. */
    @Nullable
    String did() {
        return claims == null ? null : claims.did();
    }

    /** A required parameter. */
    String param(String name) {
        return need(params.getString(name), name);
    }

    /** A required field of the input. */
    String field(String name) {
        return need(input.getString(name), name);
    }

    int limit(int byDefault) {
        Long limit = params.getInteger("limit");
        return limit == null ? byDefault : limit.intValue();
    }

    private static String need(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalStateException("not declared as required: " + name);
        }
        return value;
    }
}
