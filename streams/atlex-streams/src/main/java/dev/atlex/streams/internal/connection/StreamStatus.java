package dev.atlex.streams.internal.connection;

/**
 * The state of a stream's connection at one moment.
 *
 * @param reconnects how often the connection was lost or couldn't be established
 * @param gaps the number of gaps
 * @param disconnectedSince when the last connection ended, in {@code nanoTime}; when connecting began if there hasn't
 *     been one
 */
public record StreamStatus(StreamState state, int reconnects, int gaps, long disconnectedSince) {}
