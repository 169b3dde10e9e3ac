/** Codecs that are found by the class of a value. Exported to the integrations that need them. */
@NullMarked
package dev.atlex.schema.internal.codec;

import org.jspecify.annotations.NullMarked;
