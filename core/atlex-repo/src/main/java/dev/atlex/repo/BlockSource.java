package dev.atlex.repo;

import dev.atlex.data.Cid;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a repository, by CID. A {@link Car} is one. For blocks in a map, use {@code map::get}.
 *
 * <p>Callers trust a source to return the content that matches the CID. An implementation that reads untrusted data
 * must check the hash, as {@link Car} does.
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
     * @param purpose a description of the content for the exception's message, such as {@code "record"}
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
