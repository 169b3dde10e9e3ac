/**
 * Images prepared for upload, the exceptions thrown if that fails, and the interface for modules that shrink images.
 */
@NullMarked
package dev.atlex.bluesky.image;

import org.jspecify.annotations.NullMarked;
