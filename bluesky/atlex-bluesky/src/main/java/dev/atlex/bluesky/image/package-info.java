/** Images ready for upload, the exceptions for those that are not, and the interface for modules that shrink images. */
@NullMarked
package dev.atlex.bluesky.image;

import org.jspecify.annotations.NullMarked;
