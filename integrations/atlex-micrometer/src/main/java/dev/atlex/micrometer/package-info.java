/** {@link dev.atlex.micrometer.SessionMetrics}: what happens to sessions, as metrics of Micrometer. */
@NullMarked
package dev.atlex.micrometer;

import org.jspecify.annotations.NullMarked;
