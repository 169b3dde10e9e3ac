package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes a CAR file of version 1. Not thread-safe. Blocks are written in the order of the calls; the caller must not
 * write a block twice.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CAR version 1</a>
 */
public final class CarWriter implements AutoCloseable {
    private final OutputStream out;
    private final byte[] head = new byte[CarFormat.MAX_VARINT_SIZE];

    /**
     * Creates a writer, and writes the header.
     *
     * @param out the destination; should be buffered. Closed by {@link #close()}
     * @param roots the roots in the header; one for a commit
     * @throws UncheckedIOException if writing fails
     */
    public CarWriter(OutputStream out, List<Cid> roots) {
        this.out = out;
        byte[] header = CarFormat.header(roots);
        try {
            length(header.length);
            out.write(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a CAR file with one root and these blocks, in the map's order. */
    public static byte[] toBytes(Cid root, Map<Cid, byte[]> blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of(root));
        blocks.forEach(writer::write);
        return out.toByteArray();
    }

    /**
     * Writes a block. The parameters match methods that take a {@link BiConsumer}, such as {@link Mst#forEachNode}.
     *
     * @param cid the CID of the content, which isn't checked
     * @throws IllegalArgumentException if the CID isn't one that the AT Protocol uses: version 1, DAG-CBOR or raw,
     *     SHA-256
     * @throws UncheckedIOException if writing fails
     */
    public void write(Cid cid, byte[] content) {
        byte[] binary = CarFormat.binary(cid);
        if (binary == null) {
            throw new IllegalArgumentException("CAR: unsupported CID " + cid);
        }
        try {
            length(binary.length + content.length);
            out.write(binary);
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void length(int length) throws IOException {
        int rest = length;
        int size = 0;
        for (; rest > 0x7f; rest >>>= 7) {
            head[size++] = (byte) (rest | 0x80);
        }
        head[size++] = (byte) rest;
        out.write(head, 0, size);
    }

    /**
     * Closes the destination.
     *
     * @throws UncheckedIOException if that fails
     */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
