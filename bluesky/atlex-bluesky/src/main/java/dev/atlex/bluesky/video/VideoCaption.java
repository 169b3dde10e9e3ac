package dev.atlex.bluesky.video;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.LanguageTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Captions of a video in one language: a WebVTT file of at most {@value #MAX_BYTES} bytes. Immutable. */
public final class VideoCaption {
    /** The maximum size of a caption file, in bytes. */
    public static final int MAX_BYTES = 20_000;

    private static final String SIGNATURE = "WEBVTT";

    private final LanguageTag language;
    private final byte[] vtt;

    private VideoCaption(LanguageTag language, byte[] vtt) {
        this.language = language;
        this.vtt = vtt;
    }

    /**
     * Reads captions from a file.
     *
     * @param language a BCP 47 language tag, such as {@code en} or {@code pt-BR}
     * @throws InvalidVideoException if the tag is invalid, or the file can't be read, is too large or not WebVTT
     * @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>
     */
    public static VideoCaption of(String language, Path vtt) {
        try (InputStream in = Files.newInputStream(vtt)) {
            return of(language, in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new InvalidVideoException("video caption: can't read " + vtt + ": " + e.getMessage(), e);
        }
    }

    /** Like {@link #of(String, Path)}, but takes the captions as text. */
    public static VideoCaption of(String language, String vtt) {
        return of(language, vtt.getBytes(StandardCharsets.UTF_8));
    }

    private static VideoCaption of(String language, byte[] vtt) {
        LanguageTag tag;
        try {
            tag = LanguageTag.of(language);
        } catch (InvalidSyntaxException e) {
            throw new InvalidVideoException(
                    "video caption: expected a language tag such as \"en\" (got " + Excerpt.quote(language) + ")", e);
        }
        if (vtt.length > MAX_BYTES) {
            throw new InvalidVideoException(
                    "video caption: the file for " + tag + " has more than " + MAX_BYTES + " bytes", null);
        }
        // The file may start with a byte order mark.
        String start = new String(vtt, 0, Math.min(vtt.length, 16), StandardCharsets.UTF_8).replace("\ufeff", "");
        if (!start.startsWith(SIGNATURE)) {
            throw new InvalidVideoException(
                    "video caption: the file for " + tag + " is not WebVTT: it doesn't begin with " + SIGNATURE, null);
        }
        return new VideoCaption(tag, vtt);
    }

    /** Returns the language. */
    public LanguageTag language() {
        return language;
    }

    /** Returns a copy of the file. */
    public byte[] vtt() {
        return vtt.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VideoCaption that && language.equals(that.language) && Arrays.equals(vtt, that.vtt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(language, Arrays.hashCode(vtt));
    }

    /** Returns the language and the size. */
    @Override
    public String toString() {
        return "VideoCaption[" + language + ", " + vtt.length + " bytes]";
    }
}
