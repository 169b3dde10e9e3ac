package dev.atlex.bluesky.internal.image;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Image formats, recognized by their first bytes, because file names and {@code Content-Type} headers are often wrong.
 */
public enum ImageType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    GIF("image/gif"),
    WEBP("image/webp"),
    BMP("image/bmp"),
    TIFF("image/tiff"),
    AVIF("image/avif"),
    HEIC("image/heic"),
    JPEG_XL("image/jxl"),
    JPEG_2000("image/jp2"),
    ICO("image/x-icon"),
    SVG("image/svg+xml"),
    PSD("image/vnd.adobe.photoshop");

    /** The number of bytes of a text file in which to search for the {@code <svg} element. */
    private static final int SVG_PROLOG = 1024;

    private final String mediaType;

    ImageType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns the media type for uploading the file. */
    public String mediaType() {
        return mediaType;
    }

    /** Returns whether {@code atlex-images} can decode the format. WebP needs a plug-in. */
    boolean isDecodable() {
        return switch (this) {
            case JPEG, PNG, GIF, WEBP, BMP, TIFF -> true;
            default -> false;
        };
    }

    /** Returns the type of a file, or null if it isn't a known image format. */
    public static @Nullable ImageType of(byte[] file) {
        Bytes bytes = new Bytes(file);
        if (bytes.startsWith(0, 0xff, 0xd8, 0xff)) {
            return JPEG;
        }
        if (bytes.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return PNG;
        }
        if (bytes.startsWith(0, "GIF87a") || bytes.startsWith(0, "GIF89a")) {
            return GIF;
        }
        if (bytes.startsWith(0, "RIFF") && bytes.startsWith(8, "WEBP")) {
            return WEBP;
        }
        if (bytes.startsWith(0, 'I', 'I', 42, 0) || bytes.startsWith(0, 'M', 'M', 0, 42)) {
            return TIFF;
        }
        if (bytes.startsWith(4, "ftyp")) {
            return ofBrands(bytes);
        }
        if (bytes.startsWith(0, 0xff, 0x0a) || bytes.startsWith(4, "JXL \r\n")) {
            return JPEG_XL;
        }
        if (bytes.startsWith(4, "jP  \r\n") || bytes.startsWith(0, 0xff, 0x4f, 0xff, 0x51)) {
            return JPEG_2000;
        }
        if (bytes.startsWith(0, 0, 0, 1, 0) && file.length > 22) {
            return ICO;
        }
        if (bytes.startsWith(0, "8BPS")) {
            return PSD;
        }
        // Ordinary text may begin with BM too, so the second header must have a valid size.
        if (bytes.startsWith(0, "BM") && file.length >= 26 && bytes.u32le(14) >= 12 && bytes.u32le(14) <= 124) {
            return BMP;
        }
        return isSvg(file) ? SVG : null;
    }

    /** Returns the image format of an ISO base media file, by its major brand and the compatible ones. */
    private static @Nullable ImageType ofBrands(Bytes bytes) {
        int end = (int) Math.min(bytes.length(), Math.min(bytes.u32be(0), 256));
        for (int at = 8; at + 4 <= end; at += 4) {
            // The minor version, between the major brand and the compatible ones, is never a brand.
            if (bytes.startsWith(at, "avif") || bytes.startsWith(at, "avis")) {
                return AVIF;
            }
            if (bytes.startsWith(at, "hei") || bytes.startsWith(at, "hev")) {
                return HEIC;
            }
        }
        return bytes.startsWith(8, "mif1") || bytes.startsWith(8, "msf1") ? HEIC : null;
    }

    private static boolean isSvg(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, SVG_PROLOG), StandardCharsets.ISO_8859_1);
        String text = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head;
        String start = text.stripLeading();
        return start.startsWith("<svg")
                || (start.startsWith("<?xml") || start.startsWith("<!--") || start.startsWith("<!DOCTYPE svg"))
                        && start.contains("<svg");
    }
}
