/** {@link dev.atlex.session.micrometer.SessionMetrics}: what happens to sessions, as metrics of Micrometer. */
@NullMarked
package dev.atlex.session.micrometer;

import org.jspecify.annotations.NullMarked;
