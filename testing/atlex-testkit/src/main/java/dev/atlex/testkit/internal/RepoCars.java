package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Mst;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates CAR files with repositories or parts of them. */
final class RepoCars {
    private RepoCars() {}

    /**
     * Returns a repository, or only the blocks that were added since a revision.
     *
     * @param since the revision; the whole repository is returned if it is null or unknown
     */
    static byte[] repo(Repo repo, @Nullable String since) {
        Map<Cid, byte[]> blocks = new LinkedHashMap<>();
        blocks.put(repo.commit(), repo.head().block());
        Mst before = since == null ? null : repo.treeAt(since);
        if (before == null) {
            repo.tree().forEachNode(blocks::put);
            repo.tree().entries().forEach(entry -> blocks.put(entry.getValue(), block(repo, entry.getKey())));
        } else if (since != null && !since.equals(repo.rev())) {
            blocks.putAll(repo.tree().diff(before).addedNodes());
            repo.tree().diff(before).changes().stream()
                    .filter(change -> change.after() != null)
                    .forEach(change -> blocks.put(change.after(), block(repo, change.key())));
        }
        return CarWriter.toBytes(repo.commit(), blocks);
    }

    /** Returns the proof that a record is in a repository, or that it isn't. */
    static byte[] record(Repo repo, String path) {
        Map<Cid, byte[]> blocks = new LinkedHashMap<>();
        blocks.put(repo.commit(), repo.head().block());
        blocks.putAll(repo.tree().proof(path));
        Cid cid = repo.tree().get(path);
        if (cid != null) {
            blocks.put(cid, block(repo, path));
        }
        return CarWriter.toBytes(repo.commit(), blocks);
    }

    /** Returns the given blocks in a file without a root. */
    static byte[] blocks(Repo repo, List<Cid> cids) {
        Map<Cid, byte[]> all = new LinkedHashMap<>();
        all.put(repo.commit(), repo.head().block());
        repo.tree().forEachNode(all::put);
        repo.tree().entries().forEach(entry -> all.put(entry.getValue(), block(repo, entry.getKey())));
        List<String> missing = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of());
        for (Cid cid : cids) {
            byte[] block = all.get(cid);
            if (block == null) {
                missing.add(cid.toString());
            } else {
                writer.write(cid, block);
            }
        }
        if (!missing.isEmpty()) {
            throw XrpcError.invalidRequest("Could not find cids: " + String.join(",", missing));
        }
        return out.toByteArray();
    }

    private static byte[] block(Repo repo, String path) {
        int slash = path.indexOf('/');
        Repo.Entry entry = repo.get(path.substring(0, slash), path.substring(slash + 1));
        if (entry == null) {
            throw new IllegalStateException("the tree has a key without a record: " + path);
        }
        return entry.value().toCbor();
    }
}
