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
 * An image with eight bits per sample, in one array without gaps. It is much faster than a {@link BufferedImage}, whose
 * methods are called once per pixel, and no implicit conversion changes a value.
 */
final class Pixels {
    /** The numbers of bands for gray, for RGB, and for RGB with alpha (not premultiplied). */
    static final int GRAY = 1;

    static final int RGB = 3;
    static final int RGBA = 4;

    /**
     * The side of the squares that are rotated at a time. A square of the source and one of the target fit in the CPU's
     * cache together.
     */
    private static final int TILE = 32;

    /** The width of a sample's tile, in pixels. */
    static final int SAMPLE_WIDTH = 64;

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

    /** Returns a raster that shares the array of these pixels. */
    WritableRaster raster() {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return Raster.createInterleavedRaster(
                new DataBufferByte(data, data.length), width, height, width * bands, bands, offsets, null);
    }

    /** Returns an image that shares the array of these pixels. */
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

    /**
     * Returns these pixels with three bands if all of them are opaque, otherwise with four. A gray image stays gray.
     */
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
     * Returns the pixels turned upright.
     *
     * @param orientation the orientation in which they are stored, as in EXIF, from 1 to 8
     */
    Pixels upright(int orientation) {
        if (orientation == 1) {
            return this;
        }
        boolean turned = orientation >= 5;
        Pixels target = new Pixels(turned ? height : width, turned ? width : height, bands);
        // The offset in the source of the target's first pixel, and the steps to its right and lower
        // neighbors.
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
                    copyRow(target.data, to, from, stepRight, right - left);
                }
            }
        }
    }

    private void copyRow(byte[] target, int to, int from, int step, int count) {
        int at = to;
        int source = from;
        if (bands == RGB) {
            // Handle the usual case without an inner loop.
            for (int x = 0; x < count; x++, source += step, at += RGB) {
                target[at] = data[source];
                target[at + 1] = data[source + 1];
                target[at + 2] = data[source + 2];
            }
            return;
        }
        for (int x = 0; x < count; x++, source += step) {
            for (int band = 0; band < bands; band++) {
                target[at++] = data[source + band];
            }
        }
    }

    /**
     * Returns tiles from all over the image, combined into a smaller image that compresses like the whole. A tile is
     * {@value #SAMPLE_WIDTH} pixels wide. Every n-th tile of a row is taken, with a different offset in each row of
     * tiles.
     *
     * @param rows the height of a tile
     * @param step the n, which means that one of n tiles is taken in each direction
     */
    Pixels sample(int rows, int step) {
        int across = width / (SAMPLE_WIDTH * step);
        int along = height / (rows * step);
        Pixels target = new Pixels(across * SAMPLE_WIDTH, along * rows, bands);
        int bytes = SAMPLE_WIDTH * bands;
        for (int y = 0; y < target.height; y++) {
            int tileRow = y / rows;
            int from = ((tileRow * step + tileRow % step) * rows + y % rows) * width * bands;
            for (int tile = 0; tile < across; tile++) {
                int x = (tile * step + (tileRow + tile) % step) * bytes;
                System.arraycopy(data, from + x, target.data, (y * target.width + tile * SAMPLE_WIDTH) * bands, bytes);
            }
        }
        return target;
    }
}
