package dev.atlex.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A block of a CAR file whose content has been checked against its CID. */
public final class CarBlock {
    private final Cid cid;
    private final byte[] bytes;
    private final long offset;

    CarBlock(Cid cid, byte[] bytes, long offset) {
        this.cid = cid;
        this.bytes = bytes;
        this.offset = offset;
    }

    /** Returns the CID. */
    public Cid cid() {
        return cid;
    }

    /** Returns the content. The caller must not modify the array. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the offset of the content from the start of the CAR file, in bytes. */
    public long offset() {
        return offset;
    }

    /**
     * Decodes the content as DAG-CBOR.
     *
     * @throws LexDataException if the content isn't a canonical DAG-CBOR value of the data model, for example because
     *     it is raw data
     */
    public LexValue value() {
        return LexValue.parseCbor(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CarBlock that && cid.equals(that.cid) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return "CarBlock[" + cid + ", " + bytes.length + " bytes]";
    }
}
