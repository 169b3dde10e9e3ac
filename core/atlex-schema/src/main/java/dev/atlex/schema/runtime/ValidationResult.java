package dev.atlex.schema.runtime;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;

/** The result of checking a value against a schema. */
public sealed interface ValidationResult {
    /** Returns whether the value is valid, that is, whether this is a {@link Valid}. */
    default boolean isValid() {
        return this instanceof Valid;
    }

    /**
     * The value conforms to its schema.
     *
     * @param value the checked value, unchanged; for JSON input, the parsed value
     */
    record Valid(LexValue value) implements ValidationResult {}

    /**
     * The value violates the schema or the data model.
     *
     * @param path the path of the problem, from the root {@code $}: {@code $.facets[3].index}
     * @param rule the violated constraint, as in {@link LexValidationException#rule()}; {@value #DATA} if the value
     *     violates the data model or the syntax
     * @param message the problem, including the path
     */
    record Invalid(String path, String rule, String message) implements ValidationResult {
        /** The rule for violations of the data model or the syntax, which don't depend on the schema. */
        public static final String DATA = "data";

        static Invalid of(LexValidationException e) {
            return new Invalid(e.path(), e.rule(), String.valueOf(e.getMessage()));
        }

        static Invalid of(LexDataException e) {
            return new Invalid(e.path(), DATA, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The record can't be checked, because no document defines its type.
     *
     * @param type the record's {@code $type}
     */
    record Unknown(String type) implements ValidationResult {}
}
