/** Jetstreams: the events of a firehose as JSON, filtered by the server. */
@NullMarked
package dev.atlex.testkit.internal.jetstream;

import org.jspecify.annotations.NullMarked;
