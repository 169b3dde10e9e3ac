package dev.atlex.streams.internal.connection;

import org.jspecify.annotations.Nullable;

/**
 * The state of an {@link EventQueue} at one moment.
 *
 * @param pending the number of events that aren't finished
 * @param bytes the total size of these events
 * @param events the number of events received since the stream began
 * @param received the last sequence number received, or -1
 * @param position the highest sequence number up to which all events are finished, or -1
 * @param oldest when the oldest unfinished event arrived, in {@code nanoTime}; null if there is none
 * @param handled the number of events whose handlers have finished
 * @param handlingNanos how long these handlers took in total
 * @param newestTime when the last event with a time happened, as an ISO 8601 datetime; null before the first
 * @param newestArrived when that event arrived, in {@code nanoTime}
 */
public record QueueState(
        int pending,
        long bytes,
        long events,
        long received,
        long position,
        @Nullable Long oldest,
        long handled,
        long handlingNanos,
        @Nullable String newestTime,
        long newestArrived) {}
