package dev.atlex.repo;

import dev.atlex.data.Cid;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a repository, by CID. {@link Car} is one; {@code map::get} of a map from CIDs to bytes is another.
 *
 * <p>A source is trusted to return the content with that hash. One that reads from an untrusted place must check it, as
 * {@link Car} does.
 */
@FunctionalInterface
public interface BlockSource {
    /**
     * Returns the content of a block, or null if it isn't there. The caller must not modify the array.
     *
     * @throws RepoException if the block is there but invalid
     */
    byte @Nullable [] get(Cid cid);

    /**
     * Returns the content of a block. The caller must not modify the array.
     *
     * @param purpose the content of the block for the message, such as {@code "record"}
     * @throws MissingBlockException if the block isn't there
     * @throws RepoException if the block is there but invalid
     */
    default byte[] require(Cid cid, String purpose) {
        byte[] block = get(cid);
        if (block == null) {
            throw new MissingBlockException(purpose, cid);
        }
        return block;
    }
}
