/** Direct messages. Start with {@link dev.atlex.bluesky.chat.Chat}. */
@NullMarked
package dev.atlex.bluesky.chat;

import org.jspecify.annotations.NullMarked;
