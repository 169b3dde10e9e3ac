/** Shrinks, rotates and converts images with the codecs of {@code java.desktop}. */
@NullMarked
package dev.atlex.images;

import org.jspecify.annotations.NullMarked;
