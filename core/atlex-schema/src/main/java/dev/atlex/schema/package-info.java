/**
 * What typed code of Lexicon schemas is made of: objects and their builders, codecs, the constraints that are checked
 * while reading, and the descriptions of methods and records that a client calls with.
 *
 * <p>Most of it is called by generated code. A program meets {@link dev.atlex.schema.LexObject}, the
 * {@link dev.atlex.schema.Codec} of a type, and {@link dev.atlex.schema.Query}, {@link dev.atlex.schema.Procedure} and
 * {@link dev.atlex.schema.RecordType} as constants of generated classes.
 */
@NullMarked
package dev.atlex.schema;

import org.jspecify.annotations.NullMarked;
