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
 * An account's records. Commits have CIDs that follow from all that was written, but there is no Merkle search tree
 * behind them: what is hashed is a chain of the writes.
 */
final class Repo {
    /**
     * A record.
     *
     * @param order grows with each record that is written on the server
     */
    record Entry(String collection, String key, Cid cid, LexMap value, Instant indexedAt, long order) {}

    /** What a write does. */
    enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * One write, checked in itself.
     *
     * @param value null only of a deletion
     * @param cid null only of a deletion
     * @param swap the CID that the record must have now; empty where there must be none; null where it does not matter
     * @param validationStatus what the answer says, or null
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

    /** A collection's records by key. */
    NavigableMap<String, Entry> records(String collection) {
        return collections.getOrDefault(collection, new TreeMap<>());
    }

    int size() {
        return collections.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Writes all or nothing.
     *
     * @param swapCommit the commit that must be the latest, or null where it does not matter
     * @param lastCheck runs when all else is checked and nothing is written yet
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
                throw XrpcError.internal(); // to the reference's tree it is no request, but a mistake
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
        boolean meant = swap.isPresent() ? swap.get().equals(now) : now == null;
        if (!meant || swap.isPresent() && write.action() == Action.CREATE) {
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
