/**
 * Micrometer metrics and traces: {@link dev.atlex.micrometer.ObservedCalls} for calls and rate limits,
 * {@link dev.atlex.micrometer.SessionMetrics} for sessions and pools, {@link dev.atlex.micrometer.StreamMetrics} for
 * event streams.
 */
@NullMarked
package dev.atlex.micrometer;

import org.jspecify.annotations.NullMarked;
