/** Creates posts and threads. */
@NullMarked
package dev.atlex.bluesky.internal.post;

import org.jspecify.annotations.NullMarked;
