/** Decodes the frames of a stream into events. */
@NullMarked
package dev.atlex.streams.internal.frame;

import org.jspecify.annotations.NullMarked;
