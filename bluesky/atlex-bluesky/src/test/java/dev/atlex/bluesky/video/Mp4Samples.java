package dev.atlex.bluesky.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Creates the boxes of MP4 files, without any pictures. */
public final class Mp4Samples {
    private Mp4Samples() {}

    /** Returns a file with an audio track and a video track, which is rotated by this many degrees. */
    public static byte[] video(int width, int height, int degrees) {
        return concat(
                box("ftyp", "isom\0\0\2\0isomiso2mp41".getBytes(StandardCharsets.ISO_8859_1)),
                box("mdat", new byte[100]),
                box(
                        "moov",
                        box("mvhd", new byte[100]),
                        box("trak", trackHeader(0, 0, 0, 0)),
                        box("trak", box("edts", new byte[8]), trackHeader(0, width, height, degrees))));
    }

    /** Returns a track header box of version 0 or 1. */
    public static byte[] trackHeader(int version, int width, int height, int degrees) {
        ByteBuffer header = ByteBuffer.allocate(version == 1 ? 96 : 84);
        header.put(0, (byte) version);
        int matrix = header.capacity() - 44;
        double radians = Math.toRadians(degrees);
        header.putInt(matrix, (int) Math.round(Math.cos(radians)) << 16);
        header.putInt(matrix + 4, (int) Math.round(Math.sin(radians)) << 16);
        header.putInt(matrix + 36, width << 16);
        header.putInt(matrix + 40, height << 16);
        return box("tkhd", header.array());
    }

    /** Returns a box that contains others. */
    public static byte[] box(String type, byte[]... contents) {
        byte[] content = concat(contents);
        ByteBuffer box = ByteBuffer.allocate(8 + content.length);
        box.putInt(8 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        return box.array();
    }

    /** Returns the arrays, one after the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
