package dev.atlex.bluesky.internal.card;

import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.image.PreparedImage;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a card.
 *
 * @param description the description, which may be empty
 * @param canonical the page's own URL, or null
 * @param image the image, or null if none can be used
 * @param imageFailure the reason why the first image couldn't be used; null if there is an image, or if the page
 *     declares none
 */
public record CardDraft(
        String title,
        String description,
        @Nullable URI canonical,
        @Nullable PreparedImage image,
        @Nullable LinkCardException imageFailure) {}
