/**
 * Repositories: the records of one account in a Merkle search tree ({@link dev.atlex.repo.Mst}) below a signed
 * {@link dev.atlex.repo.Commit}. Repositories, and parts of them, are transferred as CAR files: {@link
 * dev.atlex.repo.Car} reads one in memory, {@link dev.atlex.repo.CarReader} reads a stream, and {@link
 * dev.atlex.repo.CarWriter} writes one.
 *
 * <p>All classes are safe for hostile input. Sizes are limited, the hash of each block is checked before the block is
 * returned, the structure of trees is checked, and reading takes time linear in the size of the input. <b>The
 * signatures of commits aren't verified yet:</b> the data of a repository is only as trustworthy as the server that
 * sent it.
 *
 * @see <a href="https://atproto.com/specs/repository">AT Protocol: repository</a>
 */
@NullMarked
package dev.atlex.repo;

import org.jspecify.annotations.NullMarked;
