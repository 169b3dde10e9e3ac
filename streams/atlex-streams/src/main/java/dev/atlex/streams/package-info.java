/**
 * Consumes event streams: {@link dev.atlex.streams.Firehose}, {@link dev.atlex.streams.Jetstream} and {@link
 * dev.atlex.streams.Labels}, and any other
 * subscription with {@link dev.atlex.streams.EventStream}. A stream reconnects until it is closed, resumes at a stored
 * cursor, and delivers each event at least once.
 *
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
@NullMarked
package dev.atlex.streams;

import org.jspecify.annotations.NullMarked;
