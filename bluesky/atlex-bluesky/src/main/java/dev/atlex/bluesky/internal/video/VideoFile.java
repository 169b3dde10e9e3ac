package dev.atlex.bluesky.internal.video;

import app.bsky.embed.EmbedDefs;
import dev.atlex.bluesky.video.InvalidVideoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A video that can be uploaded. Only its first bytes and its track headers are read here.
 *
 * @param size the size in bytes
 * @param aspectRatio the displayed aspect ratio, or null if it can't be read
 */
public record VideoFile(Path path, long size, String mediaType, EmbedDefs.@Nullable AspectRatio aspectRatio) {
    /** The maximum size that {@code app.bsky.embed.video} allows, in bytes. */
    static final long MAX_BYTES = 300_000_000;

    private static final int HEAD = 16;

    /** The types that the service encodes, with their file extensions. */
    private static final Map<String, String> EXTENSIONS = Map.of(
            "video/mp4", ".mp4",
            "video/quicktime", ".mov",
            "video/webm", ".webm",
            "video/mpeg", ".mpeg",
            "image/gif", ".gif");

    /**
     * Checks a file.
     *
     * @param mediaType the media type, or null to detect it
     * @throws InvalidVideoException if it can't be uploaded
     */
    public static VideoFile open(Path path, @Nullable String mediaType) {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            long size = channel.size();
            if (size == 0) {
                throw new InvalidVideoException("video: " + path + " is empty", null);
            }
            if (size > MAX_BYTES) {
                throw new InvalidVideoException(
                        "video: " + path + " has " + size + " bytes; the limit is " + MAX_BYTES + " bytes", null);
            }
            String type =
                    mediaType == null ? detect(channel) : mediaType.strip().toLowerCase(Locale.ROOT);
            if (type == null || !EXTENSIONS.containsKey(type)) {
                throw new InvalidVideoException(
                        "video: expected MP4, QuickTime, WebM, MPEG or GIF in " + path
                                + (type == null ? "; if it is one of these, set mediaType" : " (got " + type + ")"),
                        null);
            }
            return new VideoFile(path, size, type, Mp4Header.aspectRatio(channel));
        } catch (NoSuchFileException e) {
            throw new InvalidVideoException("video: no such file: " + path, e);
        } catch (IOException e) {
            throw new InvalidVideoException("video: can't read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Returns the extension of the type, with its dot. */
    String extension() {
        return EXTENSIONS.getOrDefault(mediaType, "");
    }

    private static @Nullable String detect(SeekableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // A channel may return fewer bytes than asked for.
        }
        String head = new String(buffer.array(), StandardCharsets.ISO_8859_1);
        if (head.startsWith("ftyp", 4)) {
            return head.startsWith("qt  ", 8) ? "video/quicktime" : "video/mp4";
        }
        if (head.startsWith("moov", 4) || head.startsWith("mdat", 4) || head.startsWith("wide", 4)) {
            return "video/quicktime"; // Files from old cameras begin without a type.
        }
        if (head.startsWith("\u001aE\u00df\u00a3")) {
            return "video/webm";
        }
        if (head.startsWith("\0\0\u0001\u00ba") || head.startsWith("\0\0\u0001\u00b3")) {
            return "video/mpeg";
        }
        return head.startsWith("GIF8") ? "image/gif" : null;
    }
}
