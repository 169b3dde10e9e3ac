/** Runs the handlers of events. */
@NullMarked
package dev.atlex.streams.internal.consumer;

import org.jspecify.annotations.NullMarked;
