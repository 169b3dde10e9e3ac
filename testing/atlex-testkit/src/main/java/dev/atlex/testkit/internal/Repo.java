package dev.atlex.testkit.internal;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.internal.sync.RepoChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An account's records, their Merkle search tree, and the signed commit over it. */
final class Repo {
    /** The number of earlier trees that are kept, for clients that request the changes since a revision. */
    private static final int MAX_HISTORY = 1000;

    /**
     * A record.
     *
     * @param order a number that increases with each record written on the server
     */
    record Entry(String collection, String key, Cid cid, LexMap value, Instant indexedAt, long order) {}

    /** The kinds of write. */
    enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * A validated write.
     *
     * @param value the record, or null for a deletion
     * @param block the record in DAG-CBOR, or null for a deletion
     * @param cid the record's CID, or null for a deletion
     * @param swap the CID that the current record must have; empty if there must be none; null for no condition
     * @param validationStatus the status in the response, or null
     */
    record Write(
            Action action,
            String collection,
            String key,
            @Nullable LexMap value,
            byte @Nullable [] block,
            @Nullable Cid cid,
            @Nullable Optional<String> swap,
            @Nullable String validationStatus) {
        String path() {
            return collection + "/" + key;
        }
    }

    private final Did did;
    private final P256PrivateKey key;
    private final Tids tids;
    private final NavigableMap<String, NavigableMap<String, Entry>> collections = new TreeMap<>();
    private final NavigableMap<String, Mst> history = new TreeMap<>();
    private Mst tree = Mst.empty();
    private Commit commit;

    Repo(String did, P256PrivateKey key, Tids tids) {
        this.did = Did.of(did);
        this.key = key;
        this.tids = tids;
        this.commit = sign();
    }

    private Commit sign() {
        Commit signed = Commit.sign(did, tree.root(), Tid.of(tids.next()), key);
        history.put(signed.rev().toString(), tree);
        if (history.size() > MAX_HISTORY) {
            history.pollFirstEntry();
        }
        return signed;
    }

    Commit head() {
        return commit;
    }

    Cid commit() {
        return commit.cid();
    }

    String rev() {
        return commit.rev().toString();
    }

    Mst tree() {
        return tree;
    }

    /** Returns the tree at an earlier revision, or null if it is unknown or no longer kept. */
    @Nullable
    Mst treeAt(String revision) {
        return history.get(revision);
    }

    @Nullable
    Entry get(String collection, String key) {
        NavigableMap<String, Entry> records = collections.get(collection);
        return records == null ? null : records.get(key);
    }

    NavigableSet<String> collections() {
        return collections.navigableKeySet();
    }

    /** Returns the records of a collection by key. */
    NavigableMap<String, Entry> records(String collection) {
        return collections.getOrDefault(collection, new TreeMap<>());
    }

    int size() {
        return collections.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Applies either all writes or none, and signs a commit.
     *
     * @param swapCommit the commit that must be the latest, or null for no condition
     * @param lastCheck a check that runs after all others, before anything is written
     */
    RepoChange apply(
            List<Write> writes, @Nullable String swapCommit, Instant now, long firstOrder, Runnable lastCheck) {
        if (swapCommit != null && !swapCommit.equals(commit().toString())) {
            throw XrpcError.badRequest("InvalidSwap", "Commit was at " + commit());
        }
        for (Write write : writes) {
            checkSwap(write);
        }
        Map<String, Optional<Entry>> changes = new LinkedHashMap<>();
        List<RepoChange.Operation> operations = new ArrayList<>();
        Mst changed = tree;
        long order = firstOrder;
        for (Write write : writes) {
            Optional<Entry> current =
                    changes.getOrDefault(write.path(), Optional.ofNullable(get(write.collection(), write.key())));
            if (current.isPresent() == (write.action() == Action.CREATE)) {
                throw XrpcError.internal(); // the reference server fails on this with an internal error
            }
            Cid cid = write.cid();
            LexMap value = write.value();
            changes.put(
                    write.path(),
                    cid == null || value == null
                            ? Optional.empty()
                            : Optional.of(new Entry(write.collection(), write.key(), cid, value, now, order++)));
            changed = cid == null ? changed.remove(write.path()) : changed.put(write.path(), cid);
            operations.add(new RepoChange.Operation(
                    write.action().name().toLowerCase(Locale.ROOT),
                    write.path(),
                    cid,
                    current.map(Entry::cid).orElse(null),
                    write.block()));
        }
        lastCheck.run();
        for (Write write : writes) {
            store(write.collection(), write.key(), changes.get(write.path()));
        }
        Commit before = commit;
        Mst treeBefore = tree;
        tree = changed;
        commit = sign();
        return new RepoChange(commit, tree, before, treeBefore, operations);
    }

    private void checkSwap(Write write) {
        Optional<String> swap = write.swap();
        if (swap == null) {
            return;
        }
        Entry current = get(write.collection(), write.key());
        String now = current == null ? null : current.cid().toString();
        boolean matches = swap.isPresent() ? swap.get().equals(now) : now == null;
        if (!matches || swap.isPresent() && write.action() == Action.CREATE) {
            throw XrpcError.badRequest("InvalidSwap", "Record was at " + now);
        }
    }

    private void store(String collection, String key, @Nullable Optional<Entry> entry) {
        NavigableMap<String, Entry> records = collections.computeIfAbsent(collection, c -> new TreeMap<>());
        if (entry != null && entry.isPresent()) {
            records.put(key, entry.get());
        } else {
            records.remove(key);
        }
        if (records.isEmpty()) {
            collections.remove(collection);
        }
    }
}
