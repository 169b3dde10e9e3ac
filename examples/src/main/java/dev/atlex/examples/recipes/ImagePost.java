package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.image.ImageException;
import java.io.IOException;
import java.nio.file.Path;

/** Posts a photo from a phone: shrunk, upright, and without its location data. */
public final class ImagePost {
    private ImagePost() {}

    public static void main(String[] args) throws IOException {
        Path photo = args.length == 0 ? Photos.phone() : Path.of(args[0]);
        try (Demo demo = Demo.start()) {
            System.out.println("Posted " + post(demo.bluesky(), photo).webUrl());
        } catch (ImageException e) {
            System.err.println("Not posted: " + e.getMessage());
        }
    }

    static Posted post(Bluesky bsky, Path photo) {
        return bsky.post(p -> p.text("From this morning's walk")
                .image(photo, "Fog over a field")
                .langs("en"));
    }
}
