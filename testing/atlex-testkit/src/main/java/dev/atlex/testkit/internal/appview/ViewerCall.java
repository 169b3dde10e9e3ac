package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated call to an AppView method.
 *
 * @param viewer the DID of the account that makes the call
 * @param params the parameters of a query, or the input of a procedure
 */
public record ViewerCall(String viewer, LexMap params) {
    /** Returns a required parameter. */
    String required(String name) {
        String value = params.getString(name);
        if (value == null) {
            throw new IllegalStateException("not declared as required: " + name);
        }
        return value;
    }

    @Nullable
    String optional(String name) {
        return params.getString(name);
    }

    int integer(String name, int byDefault) {
        Long value = params.getInteger(name);
        return value == null ? byDefault : value.intValue();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(params.getBoolean(name));
    }

    List<String> strings(String name) {
        return Refs.strings(params.getArray(name));
    }
}
