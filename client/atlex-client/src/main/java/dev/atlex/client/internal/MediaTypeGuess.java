package dev.atlex.client.internal;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the media type of a body from its first bytes, or otherwise from its file name. Servers inspect blobs in a
 * similar way, and refuse or replace types that don't match.
 *
 * @param body the same bytes, in a different object if the beginning of a stream was read
 * @param mediaType the media type, or null if unknown
 */
record MediaTypeGuess(RequestBody body, @Nullable String mediaType) {
    private static final int HEAD = 4096;

    /** The extensions of each type. */
    private static final String EXTENSIONS =
            " png=image/png jpg=image/jpeg jpeg=image/jpeg gif=image/gif webp=image/webp"
                    + " avif=image/avif heic=image/heic heif=image/heif svg=image/svg+xml bmp=image/bmp tif=image/tiff"
                    + " tiff=image/tiff ico=image/vnd.microsoft.icon jxl=image/jxl mp4=video/mp4 m4v=video/mp4"
                    + " mov=video/quicktime webm=video/webm mkv=video/x-matroska ogv=video/ogg mp3=audio/mpeg m4a=audio/mp4"
                    + " aac=audio/aac wav=audio/wav ogg=audio/ogg oga=audio/ogg opus=audio/ogg flac=audio/flac vtt=text/vtt"
                    + " txt=text/plain md=text/markdown csv=text/csv html=text/html htm=text/html css=text/css"
                    + " json=application/json xml=application/xml pdf=application/pdf zip=application/zip gz=application/gzip"
                    + " car=application/vnd.ipld.car ";

    /**
     * Guesses the type of a body.
     *
     * @throws IOException if it can't be read
     */
    static MediaTypeGuess of(RequestBody body) throws IOException {
        RequestBody same = body;
        byte[] head;
        if (body.isReplayable()) {
            try (InputStream in = body.open()) {
                head = in.readNBytes(HEAD);
            }
        } else {
            InputStream in = body.open();
            head = in.readNBytes(HEAD);
            same = RequestBody.ofStream(new SequenceInputStream(new ByteArrayInputStream(head), in));
        }
        String type = ofBytes(head);
        return new MediaTypeGuess(same, type == null ? ofName(body.fileName(), head) : type);
    }

    private static @Nullable String ofBytes(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        } else if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return "image/gif";
        } else if (text.startsWith("RIFF")) {
            return text.startsWith("WEBP", 8) ? "image/webp" : text.startsWith("WAVE", 8) ? "audio/wav" : null;
        } else if (text.startsWith("ftyp", 4)) {
            return ofBrands(text);
        } else if (text.startsWith("\u001aE\u00df\u00a3")) {
            return text.substring(0, Math.min(text.length(), 64)).contains("webm") ? "video/webm" : "video/x-matroska";
        } else if (text.startsWith("%PDF-")) {
            return "application/pdf";
        } else if (text.startsWith("OggS")) {
            return "audio/ogg";
        } else if (text.startsWith("fLaC")) {
            return "audio/flac";
        } else if (text.startsWith("ID3") || isMpegAudio(head)) {
            return "audio/mpeg";
        } else if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return "image/tiff";
        }
        return ofMarkup(new String(head, StandardCharsets.UTF_8));
    }

    /** Recognizes types of the ISO base media file format by their brands. */
    private static String ofBrands(String text) {
        int length = text.charAt(2) << 8 | text.charAt(3);
        String brands = text.substring(8, Math.min(text.length(), Math.max(12, Math.min(length, 64))));
        if (brands.contains("avif") || brands.contains("avis")) {
            return "image/avif";
        } else if (brands.contains("heic") || brands.contains("heix") || brands.contains("hevc")) {
            return "image/heic";
        } else if (brands.startsWith("mif1") || brands.startsWith("msf1")) {
            return "image/heif";
        } else if (brands.startsWith("qt")) {
            return "video/quicktime";
        }
        return brands.startsWith("M4A") ? "audio/mp4" : "video/mp4";
    }

    /** Recognizes a frame of MPEG layer III: eleven set bits, followed by neither of the reserved values. */
    private static boolean isMpegAudio(byte[] head) {
        return head.length > 3
                && (head[0] & 0xff) == 0xff
                && (head[1] & 0xe6) == 0xe2
                && (head[1] & 0x18) != 0x08
                && (head[2] & 0xf0) != 0xf0
                && (head[2] & 0x0c) != 0x0c;
    }

    private static @Nullable String ofMarkup(String text) {
        String rest = text.startsWith("\ufeff") ? text.substring(1) : text;
        if (rest.startsWith("WEBVTT")) {
            return "text/vtt";
        }
        String lower = rest.stripLeading().toLowerCase(Locale.ROOT);
        while (lower.startsWith("<?") || lower.startsWith("<!--") || lower.startsWith("<!doctype svg")) {
            String end = lower.startsWith("<!--") ? "-->" : ">";
            int at = lower.indexOf(end);
            if (at < 0) {
                return null;
            }
            lower = lower.substring(at + end.length()).stripLeading();
        }
        if (lower.startsWith("<svg")) {
            return "image/svg+xml";
        }
        return lower.startsWith("<!doctype html") || lower.startsWith("<html") ? "text/html" : null;
    }

    private static @Nullable String ofName(@Nullable String fileName, byte[] head) {
        if (fileName != null) {
            String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            int at = fileName.indexOf('.') < 0 ? -1 : EXTENSIONS.indexOf(" " + extension + "=");
            if (at >= 0) {
                int start = at + extension.length() + 2;
                return EXTENSIONS.substring(start, EXTENSIONS.indexOf(' ', start));
            }
        }
        return head.length < HEAD && isJson(head) ? "application/json" : null;
    }

    private static boolean isJson(byte[] whole) {
        int start = 0;
        while (start < whole.length && whole[start] >= 0 && whole[start] <= ' ') {
            start++;
        }
        if (start == whole.length || whole[start] != '{' && whole[start] != '[') {
            return false;
        }
        try {
            LexValue.parseJson(whole, ReadOptions.LENIENT);
            return true;
        } catch (LexException e) {
            return false;
        }
    }
}
