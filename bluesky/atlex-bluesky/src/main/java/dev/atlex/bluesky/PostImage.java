package dev.atlex.bluesky;

import dev.atlex.data.BlobRef;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image in a post, with a description for people who can't see it. Immutable. */
public final class PostImage {
    private final @Nullable Path path;
    private final byte @Nullable [] bytes;
    private final @Nullable BlobRef blob;
    private final String alt;
    private final int width;
    private final int height;

    private PostImage(
            @Nullable Path path, byte @Nullable [] bytes, @Nullable BlobRef blob, String alt, int width, int height) {
        this.path = path;
        this.bytes = bytes;
        this.blob = blob;
        this.alt = Objects.requireNonNull(alt, "alt");
        this.width = width;
        this.height = height;
    }

    /**
     * Returns the image in a file. The file is read when the post is created.
     *
     * @param alt the description; may be empty
     */
    public static PostImage of(Path path, String alt) {
        return new PostImage(Objects.requireNonNull(path, "path"), null, null, alt, 0, 0);
    }

    /**
     * Returns the image with this content.
     *
     * @param alt the description; may be empty
     */
    public static PostImage of(byte[] content, String alt) {
        return new PostImage(null, content.clone(), null, alt, 0, 0);
    }

    /**
     * Returns an image that has already been uploaded. It is used as is.
     *
     * @param alt the description; may be empty
     * @param width the width in pixels
     * @param height the height in pixels
     * @throws IllegalArgumentException if width or height isn't positive
     */
    public static PostImage of(BlobRef blob, String alt, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "PostImage.of: width and height must be positive (got " + width + " x " + height + ")");
        }
        return new PostImage(null, null, Objects.requireNonNull(blob, "blob"), alt, width, height);
    }

    /** Returns the file, or null if the image has a different source. */
    public @Nullable Path path() {
        return path;
    }

    /** Returns a copy of the content, or null if the image has a different source. */
    public byte @Nullable [] bytes() {
        return bytes == null ? null : bytes.clone();
    }

    /** Returns the uploaded blob, or null if the image has a different source. */
    public @Nullable BlobRef blob() {
        return blob;
    }

    /** Returns the description; may be empty. */
    public String alt() {
        return alt;
    }

    /** Returns the width in pixels of an uploaded image, or 0 if it is determined when the post is created. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels of an uploaded image, or 0 if it is determined when the post is created. */
    public int height() {
        return height;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PostImage that
                && Objects.equals(path, that.path)
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(blob, that.blob)
                && alt.equals(that.alt)
                && width == that.width
                && height == that.height;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, Arrays.hashCode(bytes), blob, alt, width, height);
    }

    @Override
    public String toString() {
        Object source = path != null ? path : blob != null ? blob : bytes == null ? "" : bytes.length + " bytes";
        return "PostImage[" + source + ", alt=" + alt + "]";
    }
}
