package dev.atlex.schema;

import dev.atlex.data.LexMap;

/**
 * An object that can return a builder for a changed copy of itself. All generated classes implement it.
 *
 * <p>Its type parameters tie an object to its builder, so that a client's methods can take either an object or a function
 * on its builder without ambiguity; {@link LexObject} has none, because few programs need them.
 *
 * @param <T> the object's class
 * @param <B> its builder
 */
public interface Buildable<T extends LexObject, B extends ObjectBuilder<T, B>> {
    /** Returns a builder that starts with all fields of this object, unknown ones too. */
    B toBuilder();

    /** Returns the object as an untyped value. This second method keeps the interface from being a lambda's target type. */
    LexMap toLexMap();
}
