/**
 * Event streams: {@link dev.atlex.streams.Firehose}, {@link dev.atlex.streams.Jetstream}, {@link
 * dev.atlex.streams.Labels}, and {@link dev.atlex.streams.EventStream} for any other subscription. A stream reconnects
 * until it is closed, resumes from a stored cursor, and delivers each event at least once.
 *
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
@NullMarked
package dev.atlex.streams;

import org.jspecify.annotations.NullMarked;
