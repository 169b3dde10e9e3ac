/**
 * Moderation decisions: what to hide, blur or warn about. Start with {@link dev.atlex.bluesky.moderation.Moderation}.
 */
@NullMarked
package dev.atlex.bluesky.moderation;

import org.jspecify.annotations.NullMarked;
