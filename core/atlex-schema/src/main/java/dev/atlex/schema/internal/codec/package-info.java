/** Finds the codec for a value by its class. Exported only to the Jackson modules; not public API. */
@NullMarked
package dev.atlex.schema.internal.codec;

import org.jspecify.annotations.NullMarked;
