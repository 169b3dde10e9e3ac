package dev.atlex.schema;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link LexObject}: the superclass of generated builders.
 *
 * @param <T> what is built
 * @param <B> the builder itself
 */
public abstract class ObjectBuilder<T extends LexObject, B extends ObjectBuilder<T, B>> {
    private LexMap.@Nullable Builder extra;

    protected ObjectBuilder() {}

    protected ObjectBuilder(T from) {
        if (!from.extra().isEmpty()) {
            extra = from.extra().toBuilder();
        }
    }

    /**
     * The object.
     *
     * @throws IllegalStateException if a required field is not set; it is named. Further constraints are not checked here
     *     but by {@link Codec#validate}, or by a client that is told to
     */
    public abstract T build();

    /** Sets a field that the schema does not know. */
    @SuppressWarnings("unchecked")
    public final B unknownField(String name, LexValue value) {
        extraBuilder().put(name, value);
        return (B) this;
    }

    protected final @Nullable LexMap extra() {
        return extra == null ? null : extra.build();
    }

    /** Remembers whether a field that may be null as well as absent is to be written as null. */
    protected final void explicitNull(String name, @Nullable Object value) {
        if (value == null) {
            extraBuilder().put(name, LexNull.NULL);
        } else if (extra != null) {
            extra.remove(name);
        }
    }

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
