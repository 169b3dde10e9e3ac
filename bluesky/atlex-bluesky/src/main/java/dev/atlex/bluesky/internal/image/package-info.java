/** Recognizes image formats and removes metadata without decoding pixels. */
@NullMarked
package dev.atlex.bluesky.internal.image;

import org.jspecify.annotations.NullMarked;
