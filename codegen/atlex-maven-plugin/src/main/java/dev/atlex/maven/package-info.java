/** The Maven plugin: goals that install and generate Lexicon documents. */
@NullMarked
package dev.atlex.maven;

import org.jspecify.annotations.NullMarked;
