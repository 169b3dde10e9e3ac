/** The Maven plugin: goals that install Lexicon documents and generate Java sources from them. */
@NullMarked
package dev.atlex.maven;

import org.jspecify.annotations.NullMarked;
