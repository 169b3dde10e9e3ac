package dev.atlex.bluesky.image;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image that is ready for upload: within its size limit, upright, and without metadata. */
public final class PreparedImage {
    private final byte[] bytes;
    private final String mediaType;
    private final int width;
    private final int height;

    /**
     * Creates an image.
     *
     * @param bytes the file; the array isn't copied
     * @param mediaType the media type of the content, such as {@code image/jpeg}
     * @param width the width in pixels, at least 1
     * @param height the height in pixels, at least 1
     */
    public PreparedImage(byte[] bytes, String mediaType, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("Expected at least one pixel (got " + width + "x" + height + ")");
        }
        this.bytes = bytes;
        this.mediaType = mediaType;
        this.width = width;
        this.height = height;
    }

    /** Returns the file. The array isn't a copy and must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the media type of the content, such as {@code image/jpeg}. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Returns the width in pixels, at least 1. Together with {@link #height()}, it gives the aspect ratio of an embed.
     */
    public int width() {
        return width;
    }

    /** Returns the height in pixels, at least 1. */
    public int height() {
        return height;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PreparedImage that
                && Arrays.equals(bytes, that.bytes)
                && mediaType.equals(that.mediaType)
                && width == that.width
                && height == that.height;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(bytes), mediaType, width, height);
    }

    @Override
    public String toString() {
        return "PreparedImage[" + mediaType + ", " + width + "x" + height + ", " + bytes.length + " bytes]";
    }
}
