package dev.atlex.images.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a JPEG file that decoding depends on but the JDK's reader hides.
 *
 * @param components the number of color components of a pixel
 * @param progressive whether the decoder must keep all coefficients in memory
 * @param adobeTransform the color transform in Adobe's segment, or -1 if there is no such segment
 * @param profile the color profile, or null
 */
record JpegHeader(int components, boolean progressive, int adobeTransform, byte @Nullable [] profile) {
    private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

    /** The color transform with luminance and chrominance in the first three components, and black in the fourth. */
    static final int YCCK = 2;

    /** Reads the segments before the first scan. The file must have been checked to be well-formed. */
    static JpegHeader read(byte[] file) {
        int components = 0;
        boolean progressive = false;
        int transform = -1;
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (int at = 2; ; at += 2 + u16(file, at + 2)) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xda) {
                return new JpegHeader(
                        components, progressive, transform, profile.size() == 0 ? null : profile.toByteArray());
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                components = file[at + 9];
                // The low bits of the marker: 2, 6, 10 and 14 are progressive.
                progressive = (marker & 3) == 2;
            } else if (marker == 0xee && hasAt(file, at + 4, ADOBE)) {
                transform = file[at + 15];
            } else if (marker == 0xe2 && hasAt(file, at + 4, ICC)) {
                // After the name, each segment has its number and the number of segments. Encoders write them
                // in order.
                int start = at + 6 + ICC.length;
                profile.write(file, start, at + 2 + u16(file, at + 2) - start);
            }
        }
    }

    private static boolean hasAt(byte[] file, int at, byte[] expected) {
        return at + expected.length <= file.length
                && Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
    }

    private static int u16(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }
}
