import dev.atlex.bluesky.image.ImageFitter;
import dev.atlex.images.ImageIoFitter;
import org.jspecify.annotations.NullMarked;

/** Shrinks, rotates and converts images for posts, with the Java runtime's codecs. */
@NullMarked
module dev.atlex.images {
    requires transitive org.jspecify;
    requires transitive dev.atlex.bluesky;
    requires java.desktop;

    exports dev.atlex.images;

    provides ImageFitter with
            ImageIoFitter;
}
