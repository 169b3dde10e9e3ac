/** An account on Bluesky. Start with {@link dev.atlex.bluesky.Bluesky}. */
@NullMarked
package dev.atlex.bluesky;

import org.jspecify.annotations.NullMarked;
