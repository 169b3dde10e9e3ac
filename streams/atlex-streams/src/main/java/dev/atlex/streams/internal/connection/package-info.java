/** Keeps a stream connected, in sequence and at its cursor. */
@NullMarked
package dev.atlex.streams.internal.connection;

import org.jspecify.annotations.NullMarked;
