/**
 * Typed values of Lexicon schemas: objects, builders and codecs, and the methods and record types to pass to a client.
 *
 * <p>Programs use {@link dev.atlex.schema.LexObject}, the {@link dev.atlex.schema.Codec} of a type, and the constants
 * in generated classes: {@link dev.atlex.schema.Query}, {@link dev.atlex.schema.Procedure} and
 * {@link dev.atlex.schema.RecordType}.
 */
@NullMarked
package dev.atlex.schema;

import org.jspecify.annotations.NullMarked;
