/** Fetches web pages and reads the metadata that link cards show. */
@NullMarked
package dev.atlex.bluesky.internal.card;

import org.jspecify.annotations.NullMarked;
