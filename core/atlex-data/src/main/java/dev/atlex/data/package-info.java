/**
 * Values of the AT Protocol's data model, and their readers and writers.
 *
 * <p>{@link dev.atlex.data.LexValue} is the untyped tree. Typed code reads from a {@link dev.atlex.data.LexReader} and
 * writes to a {@link dev.atlex.data.LexWriter}. Each has three implementations, for JSON, DAG-CBOR and trees, so one
 * codec serves all of them.
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
@NullMarked
package dev.atlex.data;

import org.jspecify.annotations.NullMarked;
