package dev.atlex.repo;

import dev.atlex.data.Cid;

/** Thrown when a required block is missing, for example because a CAR file contains only a part of a repository. */
public class MissingBlockException extends RepoException {
    private static final long serialVersionUID = 1L;

    private final transient Cid cid;

    /**
     * Creates an exception.
     *
     * @param purpose a description of the block's content, such as {@code "tree node"}
     * @param cid the CID of the missing block
     */
    public MissingBlockException(String purpose, Cid cid) {
        super("missing block: " + purpose + " " + cid);
        this.cid = cid;
    }

    /** Returns the CID of the missing block. */
    public Cid cid() {
        return cid;
    }
}
