/** Reads posts, accounts and threads. */
@NullMarked
package dev.atlex.bluesky.internal.read;

import org.jspecify.annotations.NullMarked;
