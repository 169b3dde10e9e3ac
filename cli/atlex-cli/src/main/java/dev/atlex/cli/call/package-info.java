/** The {@code call} command: calls any method, by its Lexicon document or without one. */
@NullMarked
package dev.atlex.cli.call;

import org.jspecify.annotations.NullMarked;
