/**
 * Schemas at run time: codecs and method descriptions made of Lexicon documents, for programs that meet a schema only
 * while they run. They check what generated code checks, by the same rules, and give untyped values.
 */
@NullMarked
package dev.atlex.schema.runtime;

import org.jspecify.annotations.NullMarked;
