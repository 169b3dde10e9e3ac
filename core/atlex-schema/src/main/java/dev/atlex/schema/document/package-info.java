/**
 * Parses and validates Lexicon documents. The code generator and the run-time compiler both start from these values.
 *
 * @see <a href="https://atproto.com/specs/lexicon">AT Protocol: Lexicon</a>
 */
@NullMarked
package dev.atlex.schema.document;

import org.jspecify.annotations.NullMarked;
