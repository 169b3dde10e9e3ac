package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Builds a JSON object, leaving out fields that are null. */
final class Json {
    private final LexMap.Builder builder = LexMap.builder();

    private Json() {}

    static Json object() {
        return new Json();
    }

    /** Starts an object of a union. */
    static Json typed(String type) {
        return new Json().put("$type", type);
    }

    /** Returns a copy of the object as a member of a union. */
    static LexMap typed(String type, LexMap object) {
        return typed(type).putAll(object).build();
    }

    Json put(String field, @Nullable String value) {
        if (value != null) {
            builder.put(field, value);
        }
        return this;
    }

    Json put(String field, @Nullable LexValue value) {
        if (value != null) {
            builder.put(field, value);
        }
        return this;
    }

    Json put(String field, long value) {
        builder.put(field, value);
        return this;
    }

    Json put(String field, boolean value) {
        builder.put(field, value);
        return this;
    }

    Json put(String field, Collection<? extends LexValue> values) {
        builder.put(field, LexArray.copyOf(values));
        return this;
    }

    Json putAll(LexMap fields) {
        builder.putAll(fields);
        return this;
    }

    /** Copies a field of another object, if the object has that field. */
    Json copy(String field, LexMap from) {
        return put(field, from.get(field));
    }

    LexMap build() {
        return builder.build();
    }
}
