/** Compression with a dictionary that the server provides. */
@NullMarked
package dev.atlex.streams.internal.zstd;

import org.jspecify.annotations.NullMarked;
