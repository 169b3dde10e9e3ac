/** Text with links, mentions and tags. Start with {@link dev.atlex.bluesky.richtext.RichText}. */
@NullMarked
package dev.atlex.bluesky.richtext;

import org.jspecify.annotations.NullMarked;
