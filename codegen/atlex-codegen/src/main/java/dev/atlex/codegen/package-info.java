/**
 * Generates Java sources from Lexicon documents. Use {@link dev.atlex.codegen.CodeGenerator} as a library, or
 * {@link dev.atlex.codegen.Main} as a command-line program.
 */
@NullMarked
package dev.atlex.codegen;

import org.jspecify.annotations.NullMarked;
