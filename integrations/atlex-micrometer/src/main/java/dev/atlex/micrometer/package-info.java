/** Micrometer metrics: {@link dev.atlex.micrometer.SessionMetrics} for sessions. */
@NullMarked
package dev.atlex.micrometer;

import org.jspecify.annotations.NullMarked;
