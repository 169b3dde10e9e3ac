package dev.atlex.bluesky.internal.image;

/**
 * The properties of an image file that can be read without decoding it.
 *
 * @param width the stored width in pixels, at least 1
 * @param height the stored height in pixels, at least 1
 * @param orientation the EXIF orientation, from 1 (upright) to 8. It is always 1 for an animation, because rotating one
 *     would mean re-encoding each frame
 * @param animated whether the file has more than one frame
 * @param kept the file without its metadata
 */
record ImageFile(ImageType type, int width, int height, int orientation, boolean animated, KeptBytes kept) {
    ImageFile {
        if (width < 1 || height < 1) {
            throw new MalformedImageException("no pixels: " + width + "x" + height);
        }
    }

    /** Returns the width when the image is upright. */
    int uprightWidth() {
        return orientation < 5 ? width : height;
    }

    /** Returns the height when the image is upright. */
    int uprightHeight() {
        return orientation < 5 ? height : width;
    }

    /**
     * Reads an image file and determines the bytes to keep when its metadata is removed.
     *
     * @throws MalformedImageException if the file doesn't follow its format
     * @throws IllegalArgumentException if the type isn't {@link #isStrippable}
     */
    static ImageFile read(ImageType type, byte[] file) {
        return switch (type) {
            case JPEG -> JpegFile.read(file);
            case PNG -> PngFile.read(file);
            case GIF -> GifFile.read(file);
            case WEBP -> WebpFile.read(file);
            default -> throw new IllegalArgumentException("Can't remove the metadata of " + type);
        };
    }

    /** Returns whether {@link #read} supports the type. */
    static boolean isStrippable(ImageType type) {
        return switch (type) {
            case JPEG, PNG, GIF, WEBP -> true;
            default -> false;
        };
    }
}
