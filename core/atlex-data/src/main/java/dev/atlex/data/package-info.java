/**
 * The values that the AT Protocol's records and messages are made of, and how they are read and written.
 *
 * <p>{@link dev.atlex.data.LexValue} is the untyped tree. {@link dev.atlex.data.LexReader} and
 * {@link dev.atlex.data.LexWriter} are the streams that typed code reads from and writes to; JSON, DAG-CBOR and the tree
 * itself are three implementations of each, so that one codec serves all of them.
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
@NullMarked
package dev.atlex.data;

import org.jspecify.annotations.NullMarked;
