package dev.atlex.images.internal;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageOutputStreamImpl;

/** Collects an encoded image in memory, and stops the encoder as soon as it exceeds a limit. */
final class BoundedOutput extends ImageOutputStreamImpl {
    private final int max;
    private byte[] bytes;
    private int count;
    private boolean exceeded;

    /**
     * Creates an output.
     *
     * @param max the limit, in bytes
     * @param expected the size that usually suffices; the array grows if it doesn't
     */
    BoundedOutput(long max, long expected) {
        this.max = (int) Math.min(max, Integer.MAX_VALUE - 8);
        this.bytes = new byte[(int) Math.min(this.max, expected)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, count);
    }

    /** Returns whether the encoder was stopped. Some encoders wrap the exception that stopped them. */
    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void write(int b) throws IOException {
        flushBits();
        reserve(1);
        bytes[(int) streamPos++] = (byte) b;
        count = Math.max(count, (int) streamPos);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        flushBits();
        reserve(length);
        System.arraycopy(source, offset, bytes, (int) streamPos, length);
        streamPos += length;
        count = Math.max(count, (int) streamPos);
    }

    private void reserve(int length) throws IOException {
        long needed = streamPos + length;
        if (needed > max) {
            exceeded = true;
            throw new IOException("The image exceeds its limit of " + max + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(max, Math.max(needed, 2L * bytes.length)));
        }
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < count ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        int available = (int) Math.min(length, count - streamPos);
        if (available <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(bytes, (int) streamPos, target, offset, available);
        streamPos += available;
        return available;
    }

    @Override
    public long length() {
        return count;
    }
}
