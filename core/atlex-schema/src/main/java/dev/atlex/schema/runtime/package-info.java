/**
 * Compiles Lexicon documents to codecs and methods at run time, for schemas that aren't known when a program is built.
 * The codecs apply the same rules as generated code, and read untyped values.
 */
@NullMarked
package dev.atlex.schema.runtime;

import org.jspecify.annotations.NullMarked;
