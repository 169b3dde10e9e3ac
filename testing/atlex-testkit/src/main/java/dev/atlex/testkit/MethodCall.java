package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.internal.HandledCall;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call to a method that a {@link MethodHandler} implements. Immutable. */
public final class MethodCall {
    private final HandledCall call;

    MethodCall(HandledCall call) {
        this.call = call;
    }

    /** Returns the NSID of the method. */
    public String nsid() {
        return call.nsid();
    }

    /** Returns whether the method is a procedure, called with {@code POST}, rather than a query. */
    public boolean isProcedure() {
        return call.procedure();
    }

    /**
     * Returns the account that makes the call, or null.
     *
     * <p>It is null only if the handler replaces a method that needs no token. Calls without a token to any other
     * method are rejected.
     */
    public @Nullable Did caller() {
        String did = call.did();
        return did == null ? null : Did.of(did);
    }

    /** Returns the first value of a query parameter, or null if there is none. */
    public @Nullable String param(String name) {
        List<String> values = params(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Returns all values of a query parameter, in order. */
    public List<String> params(String name) {
        return call.query().all(name);
    }

    /** Returns the JSON object in the body, or an empty one if the body isn't JSON. */
    public LexMap input() {
        return call.input();
    }

    /** Returns a copy of the body, decompressed. */
    public byte[] body() {
        return call.body().clone();
    }

    /** Returns a header, or null if the request lacks it. The values of a repeated header are joined with commas. */
    public @Nullable String header(String name) {
        return call.headers().get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns a string that contains the NSID and the caller. */
    @Override
    public String toString() {
        return "MethodCall[" + nsid() + ", caller=" + call.did() + "]";
    }
}
