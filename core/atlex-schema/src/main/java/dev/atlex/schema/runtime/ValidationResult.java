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
     * The value violates the schema or the data model.
     *
     * @param path the place, from the root {@code $}: {@code $.facets[3].index}
     * @param rule the violated constraint, as in {@link LexValidationException#rule()}; {@value #DATA} if the value violates
     *     the data model or the syntax
     * @param message the problem, including the path
     */
    record Invalid(String path, String rule, String message) implements ValidationResult {
        /** The rule of problems that do not depend on the schema. */
        public static final String DATA = "data";

        static Invalid of(LexValidationException e) {
            return new Invalid(e.path(), e.rule(), String.valueOf(e.getMessage()));
        }

        static Invalid of(LexDataException e) {
            return new Invalid(e.path(), DATA, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The record can't be checked: no document defines its type.
     *
     * @param type its {@code $type}
     */
    record Unknown(String type) implements ValidationResult {}
}
