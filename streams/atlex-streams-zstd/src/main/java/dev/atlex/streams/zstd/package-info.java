/** Zstandard for event streams. */
@NullMarked
package dev.atlex.streams.zstd;

import org.jspecify.annotations.NullMarked;
