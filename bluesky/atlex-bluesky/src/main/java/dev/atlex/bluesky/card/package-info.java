/** Link cards: the title, description and image of a web page. Start with {@link dev.atlex.bluesky.card.LinkCards}. */
@NullMarked
package dev.atlex.bluesky.card;

import org.jspecify.annotations.NullMarked;
