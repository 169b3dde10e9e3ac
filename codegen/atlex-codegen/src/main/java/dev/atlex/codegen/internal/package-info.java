/** Implements the generator: one class per Lexicon construct. */
@NullMarked
package dev.atlex.codegen.internal;

import org.jspecify.annotations.NullMarked;
