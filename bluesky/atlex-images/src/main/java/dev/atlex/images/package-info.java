/**
 * Shrinks, rotates and converts images with the codecs of {@code java.desktop}. Implements
 * {@link dev.atlex.bluesky.image.ImageFitter}.
 */
@NullMarked
package dev.atlex.images;

import org.jspecify.annotations.NullMarked;
