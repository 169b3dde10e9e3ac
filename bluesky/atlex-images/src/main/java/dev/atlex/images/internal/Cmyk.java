package dev.atlex.images.internal;

import java.awt.color.ICC_Profile;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Converts JPEGs with four components, which are made for print. Java 17's JPEG reader can't convert them itself. */
final class Cmyk {
    private Cmyk() {}

    /**
     * Returns the RGB colors of a raster that the reader decoded without any conversion.
     *
     * @param adobeTransform the color transform in Adobe's segment; -1 if there is no such segment, which means that
     *     the inks aren't stored inverted
     * @param profile the color profile of the inks, or null to treat them as ideal inks
     */
    static Pixels toRgb(Raster raster, int adobeTransform, @Nullable ICC_Profile profile) {
        byte[] data = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (adobeTransform == JpegHeader.YCCK) {
            toCmyk(data);
        }
        if (adobeTransform >= 0) {
            // Adobe's programs store how much of the paper shows, not how much ink covers it.
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) ~data[i];
            }
        }
        Pixels target = new Pixels(raster.getWidth(), raster.getHeight(), Pixels.RGB);
        if (profile != null) {
            ColorProfiles.toSrgb(raster, profile, target.raster());
            return target;
        }
        byte[] to = target.data();
        for (int from = 0, at = 0; at < to.length; from += 4, at += 3) {
            int paper = 255 - (data[from + 3] & 0xff);
            for (int band = 0; band < 3; band++) {
                to[at + band] = (byte) ((255 - (data[from + band] & 0xff)) * paper / 255);
            }
        }
        return target;
    }

    /** Converts the luminance and chrominance in the first three components to inks. */
    private static void toCmyk(byte[] data) {
        for (int at = 0; at + 3 < data.length; at += 4) {
            float y = data[at] & 0xff;
            float blue = (data[at + 1] & 0xff) - 128;
            float red = (data[at + 2] & 0xff) - 128;
            data[at] = complement(y + 1.402f * red);
            data[at + 1] = complement(y - 0.344136f * blue - 0.714136f * red);
            data[at + 2] = complement(y + 1.772f * blue);
        }
    }

    private static byte complement(float value) {
        return (byte) (255 - Math.max(0, Math.min(255, Math.round(value))));
    }
}
