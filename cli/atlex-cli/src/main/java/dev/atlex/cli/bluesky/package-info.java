/** Commands for common tasks on Bluesky: post, read the timeline and notifications, upload files. */
@NullMarked
package dev.atlex.cli.bluesky;

import org.jspecify.annotations.NullMarked;
