/** Commands for Lexicon documents: {@code validate}, {@code build} and {@code install}. */
@NullMarked
package dev.atlex.cli.lexicon;

import org.jspecify.annotations.NullMarked;
