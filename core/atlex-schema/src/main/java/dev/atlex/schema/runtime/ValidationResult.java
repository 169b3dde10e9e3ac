package dev.atlex.schema.runtime;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;

/** What checking a value against a schema brought. */
public sealed interface ValidationResult {
    /** Whether the value follows its schema. */
    default boolean isValid() {
        return this instanceof Valid;
    }

    /**
     * It follows its schema.
     *
     * @param value the value, unchanged; of JSON, what it was parsed to
     */
    record Valid(LexValue value) implements ValidationResult {}

    /**
     * It does not, or is no value of the data model.
     *
     * @param path where, from the root {@code $}: {@code $.facets[3].index}
     * @param rule the constraint that is broken, as in {@link LexValidationException#rule()}; {@value #DATA} where it is
     *     not the schema but the data model or the syntax
     * @param message what is wrong, path included
     */
    record Invalid(String path, String rule, String message) implements ValidationResult {
        /** The rule of what is wrong whatever the schema. */
        public static final String DATA = "data";

        static Invalid of(LexValidationException e) {
            return new Invalid(e.path(), e.rule(), String.valueOf(e.getMessage()));
        }

        static Invalid of(LexDataException e) {
            return new Invalid(e.path(), DATA, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Nothing can be said: the record is of a type that is not among the documents.
     *
     * @param type what its {@code $type} says
     */
    record Unknown(String type) implements ValidationResult {}
}
