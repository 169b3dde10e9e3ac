/** Decoding within a memory budget, and encoding within a number of bytes. */
@NullMarked
package dev.atlex.images.internal;

import org.jspecify.annotations.NullMarked;
