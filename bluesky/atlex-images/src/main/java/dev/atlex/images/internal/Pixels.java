package dev.atlex.images.internal;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * An image of eight bits a sample, in one array without gaps. Much faster than a {@link BufferedImage}, whose methods are
 * called once a pixel, and no implicit conversion changes a value.
 */
final class Pixels {
    /** Bands of gray, of red, green and blue, and of red, green, blue and alpha (not premultiplied). */
    static final int GRAY = 1;

    static final int RGB = 3;
    static final int RGBA = 4;

    /** The side of the squares that are rotated at once. Both the source's and the target's fit into the CPU's cache. */
    private static final int TILE = 32;

    private final int width;
    private final int height;
    private final int bands;
    private final byte[] data;

    Pixels(int width, int height, int bands) {
        this(width, height, bands, new byte[Math.multiplyExact(Math.multiplyExact(width, height), bands)]);
    }

    private Pixels(int width, int height, int bands, byte[] data) {
        this.width = width;
        this.height = height;
        this.bands = bands;
        this.data = data;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int bands() {
        return bands;
    }

    byte[] data() {
        return data;
    }

    long count() {
        return (long) width * height;
    }

    /** Returns the pixels as a raster. Changes to either are seen by both. */
    WritableRaster raster() {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return Raster.createInterleavedRaster(
                new DataBufferByte(data, data.length), width, height, width * bands, bands, offsets, null);
    }

    /** Returns the pixels as an image. Changes to either are seen by both. */
    BufferedImage image() {
        boolean gray = bands < RGB;
        boolean alpha = bands == 2 || bands == RGBA;
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(gray ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster(), false, null);
    }

    /** Returns these pixels with three bands if all are opaque, otherwise with four. A gray image stays gray. */
    Pixels simplified() {
        boolean alpha = bands == 2 || bands == RGBA;
        if (!alpha) {
            return this;
        }
        boolean opaque = true;
        for (int at = bands - 1; at < data.length && opaque; at += bands) {
            opaque = data[at] == -1;
        }
        if (bands == RGBA && !opaque) {
            return this;
        }
        int colors = bands - 1;
        Pixels target = new Pixels(width, height, opaque ? colors : RGBA);
        byte[] to = target.data;
        for (int from = 0, at = 0; from < data.length; from += bands, at += target.bands) {
            for (int band = 0; band < Math.min(RGB, target.bands); band++) {
                to[at + band] = data[from + Math.min(band, colors - 1)];
            }
            if (!opaque) {
                to[at + 3] = data[from + colors];
            }
        }
        return target;
    }

    /**
     * Returns the pixels upright.
     *
     * @param orientation how they are stored, as in EXIF, from 1 to 8
     */
    Pixels upright(int orientation) {
        if (orientation == 1) {
            return this;
        }
        boolean turned = orientation >= 5;
        Pixels target = new Pixels(turned ? height : width, turned ? width : height, bands);
        // The source's offset of the target's first pixel, and the steps to its right and lower neighbors.
        int right = bands;
        int down = width * bands;
        int last = down * (height - 1);
        int end = right * (width - 1);
        switch (orientation) {
            case 2 -> copy(target, end, -right, down);
            case 3 -> copy(target, end + last, -right, -down);
            case 4 -> copy(target, last, right, -down);
            case 5 -> copy(target, 0, down, right);
            case 6 -> copy(target, last, -down, right);
            case 7 -> copy(target, end + last, -down, -right);
            case 8 -> copy(target, end, down, -right);
            default ->
                throw new IllegalArgumentException("Expected an orientation from 1 to 8 (got " + orientation + ")");
        }
        return target;
    }

    private void copy(Pixels target, int start, int stepRight, int stepDown) {
        for (int top = 0; top < target.height; top += TILE) {
            int bottom = Math.min(top + TILE, target.height);
            for (int left = 0; left < target.width; left += TILE) {
                int right = Math.min(left + TILE, target.width);
                for (int y = top; y < bottom; y++) {
                    int from = start + y * stepDown + left * stepRight;
                    int to = (y * target.width + left) * bands;
                    for (int x = left; x < right; x++, from += stepRight) {
                        for (int band = 0; band < bands; band++) {
                            target.data[to++] = data[from + band];
                        }
                    }
                }
            }
        }
    }

    /**
     * Returns every n-th strip of rows, as a small image that compresses like the whole.
     *
     * @param rows the height of a strip
     * @param strips how many strips to take
     */
    Pixels sample(int rows, int strips) {
        Pixels target = new Pixels(width, rows * strips, bands);
        int stride = width * bands;
        for (int i = 0; i < strips; i++) {
            int y = (int) ((long) (height - rows) * i / Math.max(1, strips - 1));
            System.arraycopy(data, y * stride, target.data, i * rows * stride, rows * stride);
        }
        return target;
    }
}
