/** Shared helpers of this module. */
@NullMarked
package dev.atlex.bluesky.internal;

import org.jspecify.annotations.NullMarked;
