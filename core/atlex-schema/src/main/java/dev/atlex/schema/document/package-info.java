/**
 * Lexicon documents as values: what a schema file says, parsed and checked, before anything is made of it.
 *
 * @see <a href="https://atproto.com/specs/lexicon">AT Protocol: Lexicon</a>
 */
@NullMarked
package dev.atlex.schema.document;

import org.jspecify.annotations.NullMarked;
