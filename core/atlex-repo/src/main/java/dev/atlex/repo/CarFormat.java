package dev.atlex.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Base32;
import dev.atlex.data.internal.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of CAR version 1. A file is a sequence of sections. Each is preceded by its length, a varint. The first
 * section is the header in DAG-CBOR; each of the other sections is a CID followed by the content of its block.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CAR version 1</a>
 */
final class CarFormat {
    /** The size of every CID that the AT Protocol uses: version 1, a codec of one byte, and a SHA-256 multihash. */
    static final int CID_SIZE = 4 + Sha256.SIZE;

    /** The largest varint of a section's length, in bytes: 35 bits. */
    static final int MAX_VARINT_SIZE = 5;

    private static final int SHA_256 = 0x12;

    private CarFormat() {}

    /** Returns the roots in a header. */
    static List<Cid> roots(byte[] header, long offset) {
        LexValue value;
        try {
            // A header doesn't have to be canonical, unlike blocks.
            value = LexReader.readCbor(header, ReadOptions.LENIENT.withMaxDepth(8), LexReader::readValue);
        } catch (LexDataException e) {
            throw new CarException("the header isn't DAG-CBOR", offset, e);
        }
        if (!(value instanceof LexMap map)) {
            throw new CarException("the header isn't a map", offset);
        }
        Long version = map.getInteger("version");
        if (version == null || version != 1) {
            String found = version == null ? "none" : version.toString();
            throw new CarException("unsupported version (got " + found + "): only version 1 is supported", offset);
        }
        if (!(map.get("roots") instanceof LexArray array)) {
            throw new CarException("the header has no array of roots", offset);
        }
        List<Cid> roots = new ArrayList<>(array.size());
        for (LexValue root : array) {
            if (!(root instanceof Cid cid)) {
                throw new CarException("a root in the header isn't a link", offset);
            }
            roots.add(cid);
        }
        return List.copyOf(roots);
    }

    static byte[] header(List<Cid> roots) {
        return LexWriter.toCbor(writer -> {
            writer.beginMap();
            writer.name("roots");
            writer.value(LexArray.copyOf(roots));
            writer.name("version");
            writer.integer(1);
            writer.endMap();
        });
    }

    /** Checks the form of the CID at a position: version 1, DAG-CBOR or raw, SHA-256. */
    static void checkCid(byte[] bytes, int at, long offset) {
        if (bytes[at] != 1
                || bytes[at + 1] != Cid.CODEC_DAG_CBOR && bytes[at + 1] != Cid.CODEC_RAW
                || bytes[at + 2] != SHA_256
                || bytes[at + 3] != Sha256.SIZE) {
            throw new CarException(
                    "unsupported CID: only version 1, DAG-CBOR or raw content, and SHA-256 are supported", offset);
        }
    }

    /** Returns the CID at a position, whose form has been checked. */
    static Cid cid(byte[] bytes, int at) {
        return Cid.unchecked(Base32.encode('b', bytes, at, at + CID_SIZE));
    }

    /** Returns the binary form of a CID, or null if the CID isn't supported. */
    static byte @Nullable [] binary(Cid cid) {
        return Cid.isValidLink(cid.toString()) ? Base32.decode(cid.toString(), 1) : null;
    }

    /**
     * Checks the content of a block against the hash in its CID.
     *
     * @param offset the offset of the content, for the message
     */
    static void checkHash(MessageDigest digest, byte[] cid, int at, byte[] content, int from, int to, long offset) {
        digest.update(content, from, to - from);
        if (!Arrays.equals(digest.digest(), 0, Sha256.SIZE, cid, at + 4, at + CID_SIZE)) {
            throw new HashMismatchException(cid(cid, at), offset);
        }
    }
}
