package dev.atlex.images.internal;

import java.awt.color.ICC_Profile;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Converts the four components of a JPEG for print, which the JDK's reader of Java 17 can't turn into an image. */
final class Cmyk {
    private Cmyk() {}

    /**
     * Returns the colors of a raster as the reader decodes it, without any conversion.
     *
     * @param adobeTransform the value of Adobe's segment; without the segment, inks are not stored inverted
     * @param profile the profile of the inks, or null to mix them as ideal ones
     */
    static Pixels toRgb(Raster raster, int adobeTransform, @Nullable ICC_Profile profile) {
        byte[] data = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (adobeTransform == JpegHeader.YCCK) {
            toCmyk(data);
        }
        if (adobeTransform >= 0) {
            // Adobe's programs write how much paper shows, not how much ink covers it.
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

    /** Turns luminance and chrominance of the first three inks into the inks. */
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
