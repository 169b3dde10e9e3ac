package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository at one commit: the commit, its tree, and the records. Blocks are loaded when they are needed, so the
 * records in a partial repository can be read. The signature of the commit isn't verified yet.
 *
 * <pre>{@code
 * Repository repository = Repository.of(Car.parse(Files.readAllBytes(file)));
 * for (RepoRecord record : repository.records("app.bsky.feed.post/")) {
 *     System.out.println(record.rkey() + " " + record.value());
 * }
 * }</pre>
 */
public final class Repository {
    private final Commit commit;
    private final Mst tree;
    private final BlockSource blocks;

    private Repository(Commit commit, Mst tree, BlockSource blocks) {
        this.commit = commit;
        this.tree = tree;
        this.blocks = blocks;
    }

    /**
     * Opens the repository in a CAR file, whose root is the commit.
     *
     * @throws CarException if the file doesn't have exactly one root
     * @throws RepoException if the commit or the root of its tree is missing or invalid
     */
    public static Repository of(Car car) {
        return of(car.root(), car);
    }

    /**
     * Opens the repository at a commit.
     *
     * @throws RepoException if the commit or the root of its tree is missing or invalid
     */
    public static Repository of(Cid commit, BlockSource blocks) {
        Commit parsed = Commit.parse(blocks.require(commit, "commit"));
        return new Repository(parsed, Mst.load(parsed.data(), blocks), blocks);
    }

    /** Returns the commit. Its signature isn't verified. */
    public Commit commit() {
        return commit;
    }

    /** Returns the tree. */
    public Mst tree() {
        return tree;
    }

    /**
     * Returns the record with a key, or null if there is none.
     *
     * @param key such as {@code app.bsky.feed.post/3jzfcijpj2z2a}
     * @throws RepoException if a block on the path to the record is missing or invalid
     */
    public @Nullable RepoRecord record(String key) {
        Cid cid = tree.get(key);
        return cid == null ? null : load(key, cid);
    }

    /** Returns all records in the order of their keys. Iteration throws a {@link RepoException} at an invalid block. */
    public Iterable<RepoRecord> records() {
        return records("");
    }

    /** Like {@link #records()}, for the keys that start with a prefix, such as {@code "app.bsky.feed.post/"}. */
    public Iterable<RepoRecord> records(String prefix) {
        return () -> {
            Iterator<Map.Entry<String, Cid>> entries = tree.entries(prefix).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public RepoRecord next() {
                    Map.Entry<String, Cid> entry = entries.next();
                    return load(entry.getKey(), entry.getValue());
                }
            };
        };
    }

    private RepoRecord load(String key, Cid cid) {
        return new RepoRecord(key, cid, blocks.require(cid, "record " + key));
    }

    @Override
    public String toString() {
        return "Repository[" + commit + "]";
    }
}
