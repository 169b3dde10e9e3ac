/**
 * Java sources from Lexicon documents: {@link dev.atlex.codegen.CodeGenerator} as a library, and
 * {@link dev.atlex.codegen.Main} as a program for builds.
 */
@NullMarked
package dev.atlex.codegen;

import org.jspecify.annotations.NullMarked;
