/** Checks values against the bundled Lexicon documents, with the reference server's error messages. */
@NullMarked
package dev.atlex.testkit.internal.lexicon;

import org.jspecify.annotations.NullMarked;
