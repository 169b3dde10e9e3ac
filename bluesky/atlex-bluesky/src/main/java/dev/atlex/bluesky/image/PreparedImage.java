package dev.atlex.bluesky.image;

/** An image that is ready for upload: within its limit, upright, without metadata. */
public final class PreparedImage {
    private final byte[] bytes;
    private final String mediaType;
    private final int width;
    private final int height;

    /**
     * Creates an image.
     *
     * @param bytes the file; the array is not copied
     * @param mediaType the type that the content has, such as {@code image/jpeg}
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
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

    /** Returns the file. The array is not a copy and must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the type that the content has, such as {@code image/jpeg}. */
    public String mediaType() {
        return mediaType;
    }

    /** Returns the width in pixels, at least 1. With {@link #height()} it makes the aspect ratio of an embed. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels, at least 1. */
    public int height() {
        return height;
    }

    @Override
    public String toString() {
        return "PreparedImage[" + mediaType + ", " + width + "x" + height + ", " + bytes.length + " bytes]";
    }
}
