package dev.atlex.schema;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link LexObject}: the superclass of generated builders.
 *
 * @param <T> the class of the object
 * @param <B> the builder itself
 */
public abstract class ObjectBuilder<T extends LexObject, B extends ObjectBuilder<T, B>> {
    private LexMap.@Nullable Builder extra;

    /** Creates an empty builder. */
    protected ObjectBuilder() {}

    /** Creates a builder that keeps the unknown fields of an object. */
    protected ObjectBuilder(T from) {
        if (!from.extra().isEmpty()) {
            extra = from.extra().toBuilder();
        }
    }

    /**
     * Builds the object. Checks only that required fields are set; {@link Codec#validate}, and a client that validates
     * requests, check the other constraints.
     *
     * @throws IllegalStateException if a required field isn't set; the message contains its name
     */
    public abstract T build();

    /** Sets a field that the schema doesn't declare. */
    @SuppressWarnings("unchecked")
    public final B unknownField(String name, LexValue value) {
        extraBuilder().put(name, value);
        return (B) this;
    }

    /** Returns the fields that have no setter, or null if there are none. */
    protected final @Nullable LexMap extra() {
        return extra == null ? null : extra.build();
    }

    /** Records whether an optional nullable field is to be written as an explicit null. */
    protected final void explicitNull(String name, @Nullable Object value) {
        if (value == null) {
            extraBuilder().put(name, LexNull.NULL);
        } else if (extra != null) {
            extra.remove(name);
        }
    }

    /**
     * Returns the value of a required field.
     *
     * @throws IllegalStateException if it isn't set
     */
    protected static <V> V required(@Nullable V value, String name, String type) {
        if (value == null) {
            throw new IllegalStateException(type + ": the required field \"" + name + "\" is not set");
        }
        return value;
    }

    private LexMap.Builder extraBuilder() {
        if (extra == null) {
            extra = LexMap.builder();
        }
        return Objects.requireNonNull(extra);
    }
}
