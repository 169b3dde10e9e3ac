package dev.atlex.images.internal;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Converts pixels to sRGB. The JDK's readers ignore the profile of a PNG, and apply a JPEG's profile line by line,
 * which is slow. A profile that can't be used is ignored, as browsers do.
 */
final class ColorProfiles {
    /** The maximum size of a profile to read. Profiles of printing presses take up to 3 MB. */
    private static final int MAX_SIZE = 4 << 20;

    /** The number of rows that are copied and converted at a time. */
    private static final int ROWS = 64;

    /** The largest invisible difference from sRGB, on a scale from 0 to 1: two levels out of 255, plus rounding. */
    private static final float TOLERANCE = 2.5f / 255;

    private static final ICC_Profile SRGB = ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile();

    private ColorProfiles() {}

    /**
     * Returns the usable profile in a file's bytes, or null.
     *
     * @param space the kind of colors, such as {@link ColorSpace#TYPE_RGB}
     */
    static @Nullable ICC_Profile parse(byte @Nullable [] profile, int space) {
        if (profile == null || profile.length > MAX_SIZE) {
            return null;
        }
        try {
            ICC_Profile parsed = ICC_Profile.getInstance(profile);
            if (parsed.getColorSpaceType() != space) {
                return null;
            }
            // A broken table is only detected during the first conversion.
            new ICC_ColorSpace(parsed).toRGB(new float[parsed.getNumComponents()]);
            return parsed;
        } catch (IllegalArgumentException | CMMException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    /** Returns the profile in a PNG's chunk {@code iCCP}, or null. */
    static byte @Nullable [] ofPng(byte[] file) {
        ByteBuffer chunks = ByteBuffer.wrap(file);
        for (int at = 8; ; ) {
            int length = chunks.getInt(at);
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (type.equals("IDAT")) {
                return null;
            }
            if (type.equals("iCCP")) {
                return inflate(file, at + 8, at + 8 + length);
            }
            at += 12 + length;
        }
    }

    private static byte @Nullable [] inflate(byte[] file, int from, int to) {
        int name = from;
        while (name < to && file[name] != 0) {
            name++;
        }
        // A zero ends the name, and a second zero selects the only compression method.
        int start = Math.min(name + 2, to);
        byte[] profile = new byte[MAX_SIZE];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, start, to - start);
            int length = inflater.inflate(profile);
            return inflater.finished() ? Arrays.copyOf(profile, length) : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Converts the colors of an RGB image in place. */
    static void toSrgb(Pixels pixels, ICC_Profile profile) {
        if (isSrgb(profile)) {
            return;
        }
        ColorConvertOp conversion = new ColorConvertOp(new ICC_Profile[] {profile, SRGB}, null);
        int[] colors = {0, 1, 2};
        WritableRaster all = pixels.raster();
        int width = pixels.width();
        for (int y = 0; y < pixels.height(); y += ROWS) {
            int rows = Math.min(ROWS, pixels.height() - y);
            WritableRaster strip = all.createWritableChild(0, y, width, rows, 0, 0, colors);
            Raster copy = conversion.filter(strip, new Pixels(width, rows, Pixels.RGB).raster());
            strip.setRect(copy);
        }
    }

    /** Converts CMYK colors, where 255 means full ink. */
    static void toSrgb(Raster inks, ICC_Profile profile, WritableRaster target) {
        new ColorConvertOp(new ICC_Profile[] {profile, SRGB}, null).filter(inks, target);
    }

    /**
     * Returns whether a profile is practically sRGB, so that no conversion is needed. Most profiles are a vendor's copy
     * of sRGB.
     */
    private static boolean isSrgb(ICC_Profile profile) {
        ICC_ColorSpace space = new ICC_ColorSpace(profile);
        for (int corner = 0; corner < 27; corner++) {
            float[] color = {corner % 3 / 2f, corner / 3 % 3 / 2f, corner / 9 / 2f};
            float[] converted = space.toRGB(color);
            for (int band = 0; band < 3; band++) {
                if (Math.abs(color[band] - converted[band]) > TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }
}
