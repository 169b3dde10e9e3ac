/** The video service: its tokens, uploads and jobs. */
@NullMarked
package dev.atlex.bluesky.internal.video;

import org.jspecify.annotations.NullMarked;
