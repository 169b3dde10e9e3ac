package dev.atlex.images;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.image.ImageException;
import java.nio.file.Path;

/** The examples on the page about images, which only have to compile. {@link ImagePostTest} runs them. */
final class ImageExamples {
    private ImageExamples() {}

    static void post(Bluesky bsky, Path image) {
        try {
            bsky.post(p -> p.text("Look").image(image, "A cat"));
        } catch (ImageException e) {
            System.err.println("Not posted: " + e.getMessage());
        }
    }
}
