/**
 * Typed values of Lexicon schemas: objects, their builders and codecs, and the methods and record types that a client
 * takes.
 *
 * <p>Programs use {@link dev.atlex.schema.LexObject}, the {@link dev.atlex.schema.Codec} of a type, and the constants of
 * generated classes: {@link dev.atlex.schema.Query}, {@link dev.atlex.schema.Procedure},
 * {@link dev.atlex.schema.RecordType}.
 */
@NullMarked
package dev.atlex.schema;

import org.jspecify.annotations.NullMarked;
