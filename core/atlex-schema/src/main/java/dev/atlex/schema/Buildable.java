package dev.atlex.schema;

import dev.atlex.data.LexMap;

/**
 * Something that a builder makes, and that a changed copy can be made of. Every generated object is one.
 *
 * @param <T> the object's class
 * @param <B> its builder
 */
public interface Buildable<T extends LexObject, B extends ObjectBuilder<T, B>> {
    /** A builder that starts with all that this object holds. */
    B toBuilder();

    /** The object as an untyped value. A second method, so that no lambda can be taken for an object. */
    LexMap toLexMap();
}
