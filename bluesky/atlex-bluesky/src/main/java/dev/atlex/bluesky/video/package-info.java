/** Video: upload, processing state, limits and captions. Start with {@link dev.atlex.bluesky.video.Videos}. */
@NullMarked
package dev.atlex.bluesky.video;

import org.jspecify.annotations.NullMarked;
