package dev.atlex.bluesky.image;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image for an {@link ImageFitter} to fit. */
public final class SourceImage {
    private final String name;
    private final byte[] bytes;
    private final String mediaType;
    private final int orientation;

    /**
     * Creates a source.
     *
     * @param name the name to use for the image in messages, such as its file name
     * @param bytes the file; the array isn't copied
     * @param mediaType the media type of the content, such as {@code image/jpeg}
     * @param orientation the EXIF orientation, from 1 (upright) to 8
     */
    public SourceImage(String name, byte[] bytes, String mediaType, int orientation) {
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("Expected an orientation from 1 to 8 (got " + orientation + ")");
        }
        this.name = name;
        this.bytes = bytes;
        this.mediaType = mediaType;
        this.orientation = orientation;
    }

    /** Returns the name to use for the image in messages, such as its file name. */
    public String name() {
        return name;
    }

    /** Returns the file. The array isn't a copy and must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the media type of the content, regardless of the file's name. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Returns the EXIF orientation, from 1 (upright) to 8. The pixels are stored in this orientation and must be turned
     * upright.
     */
    public int orientation() {
        return orientation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceImage that
                && name.equals(that.name)
                && Arrays.equals(bytes, that.bytes)
                && mediaType.equals(that.mediaType)
                && orientation == that.orientation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(bytes), mediaType, orientation);
    }

    @Override
    public String toString() {
        return name + " (" + mediaType + ", " + bytes.length + " bytes)";
    }
}
