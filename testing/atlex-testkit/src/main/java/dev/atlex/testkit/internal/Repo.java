package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account's records. There is no Merkle search tree: the CID of a commit is the hash of all writes so far.
 */
final class Repo {
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
     * @param cid the record's CID, or null for a deletion
     * @param swap the CID that the current record must have; empty if there must be none; null for no condition
     * @param validationStatus the status in the response, or null
     */
    record Write(
            Action action,
            String collection,
            String key,
            @Nullable LexMap value,
            @Nullable Cid cid,
            @Nullable Optional<String> swap,
            @Nullable String validationStatus) {
        String path() {
            return collection + "/" + key;
        }
    }

    private final String did;
    private final Tids tids;
    private final NavigableMap<String, NavigableMap<String, Entry>> collections = new TreeMap<>();
    private Cid data = LexMap.of().cid();
    private String rev;
    private Cid commit;

    Repo(String did, Tids tids) {
        this.did = did;
        this.tids = tids;
        this.rev = tids.next();
        this.commit = commitCid(did, rev, data);
    }

    private static Cid commitCid(String did, String rev, Cid data) {
        return LexMap.builder()
                .put("did", did)
                .put("version", 3)
                .put("rev", rev)
                .put("prev", LexValue.ofNull())
                .put("data", data)
                .build()
                .cid();
    }

    Cid commit() {
        return commit;
    }

    String rev() {
        return rev;
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
     * Applies all writes or none.
     *
     * @param swapCommit the commit that must be the latest, or null for no condition
     * @param lastCheck a check that runs after all others, before anything is written
     */
    void apply(List<Write> writes, @Nullable String swapCommit, Instant now, long firstOrder, Runnable lastCheck) {
        if (swapCommit != null && !swapCommit.equals(commit.toString())) {
            throw XrpcError.badRequest("InvalidSwap", "Commit was at " + commit);
        }
        for (Write write : writes) {
            checkSwap(write);
        }
        Map<String, Optional<Entry>> changes = new LinkedHashMap<>();
        List<LexValue> operations = new ArrayList<>();
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
            operations.add(LexArray.of(LexValue.of(write.path()), cid == null ? LexValue.ofNull() : cid));
        }
        lastCheck.run();
        for (Write write : writes) {
            store(write.collection(), write.key(), changes.get(write.path()));
        }
        data = LexMap.builder()
                .put("before", data)
                .put("writes", LexArray.copyOf(operations))
                .build()
                .cid();
        rev = tids.next();
        commit = commitCid(did, rev, data);
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
