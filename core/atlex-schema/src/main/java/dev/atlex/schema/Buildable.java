package dev.atlex.schema;

import dev.atlex.data.LexMap;

/**
 * An object with a builder for modified copies. All generated classes implement it.
 *
 * <p>The type parameters tie an object to its builder, so that client methods can accept either an object or a function
 * that configures its builder, without ambiguity. {@link LexObject} has no type parameters because few programs need
 * them.
 *
 * @param <T> the object's class
 * @param <B> the type of the class's builder
 */
public interface Buildable<T extends LexObject, B extends ObjectBuilder<T, B>> {
    /** Returns a builder that starts with all fields of this object, including unknown ones. */
    B toBuilder();

    /**
     * Returns the object as an untyped value. This second method keeps the interface from being a lambda's target type.
     */
    LexMap toLexMap();
}
