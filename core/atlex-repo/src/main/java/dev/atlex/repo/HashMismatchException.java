package dev.atlex.repo;

import dev.atlex.data.Cid;

/** Thrown when the content of a block doesn't match the hash in its CID. */
public class HashMismatchException extends CarException {
    private static final long serialVersionUID = 1L;

    private final transient Cid cid;

    /**
     * Creates an exception.
     *
     * @param cid the CID that the CAR file gives for the block
     * @param offset the offset of the block's content from the start of the CAR file, in bytes
     */
    public HashMismatchException(Cid cid, long offset) {
        super("the content of block " + cid + " doesn't match its hash", offset);
        this.cid = cid;
    }

    /** Returns the CID that the CAR file gives for the block. */
    public Cid cid() {
        return cid;
    }
}
