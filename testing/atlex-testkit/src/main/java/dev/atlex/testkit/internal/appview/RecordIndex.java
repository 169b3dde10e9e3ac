package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of all accounts, by URI and by reference.
 *
 * <p>A second like, repost, follow or block of the same subject by the same account is a duplicate. Only the first one
 * is found by {@link #get}; a duplicate takes its place when the first one is deleted.
 */
final class RecordIndex {
    /** The references by which records can be found, in addition to their URI. */
    enum By {
        /** The record's collection and author. */
        AUTHOR,
        /** The author, for posts and reposts. */
        FEED,
        /** The record's collection and subject. */
        SUBJECT,
        /** The post that a post replies to. */
        PARENT,
        /** The post that a post quotes. */
        QUOTED,
        /** The list that a list item belongs to. */
        LIST
    }

    private static final Set<String> ONE_PER_SUBJECT =
            Set.of(Nsids.LIKE, Nsids.REPOST, Nsids.FOLLOW, Nsids.BLOCK, Nsids.LIST_BLOCK);

    private final Map<String, IndexedRecord> byUri = new HashMap<>();
    private final Map<By, Map<String, NavigableMap<Position, IndexedRecord>>> relations = new HashMap<>();

    /** Records by collection, account and subject: the first is found by {@link #get}, the others are duplicates. */
    private final Map<String, Deque<IndexedRecord>> byPair = new HashMap<>();

    @Nullable
    IndexedRecord get(String uri) {
        return byUri.get(uri);
    }

    /** Returns the records, newest first. */
    NavigableMap<Position, IndexedRecord> get(By relation, String key) {
        return relations.getOrDefault(relation, Map.of()).getOrDefault(key, Collections.emptyNavigableMap());
    }

    /** Returns the account's records in a collection, newest first. */
    NavigableMap<Position, IndexedRecord> of(String did, String collection) {
        return get(By.AUTHOR, collection + " " + did);
    }

    /** Returns the records of a collection that have the subject, newest first. */
    NavigableMap<Position, IndexedRecord> about(String subject, String collection) {
        return get(By.SUBJECT, collection + " " + subject);
    }

    /** Returns the URI of the account's record in the collection that has the subject, or null. */
    @Nullable
    String between(String did, String collection, String subject) {
        Deque<IndexedRecord> records = byPair.get(pair(collection, did, subject));
        return records == null ? null : records.getFirst().uri();
    }

    /** Returns the URI of the item that makes the account a member of the list, or null. */
    @Nullable
    String membership(String list, String did) {
        Deque<IndexedRecord> records = byPair.get(pair(Nsids.LIST_ITEM, list, did));
        return records == null ? null : records.getFirst().uri();
    }

    /** Returns all posts, newest first. */
    NavigableMap<Position, IndexedRecord> posts() {
        return get(By.AUTHOR, Nsids.POST);
    }

    void add(IndexedRecord record) {
        byUri.put(record.uri(), record);
        String pair = pair(record);
        if (pair != null) {
            Deque<IndexedRecord> records = byPair.computeIfAbsent(pair, p -> new ArrayDeque<>());
            records.addLast(record);
            if (records.size() > 1 && ONE_PER_SUBJECT.contains(record.collection())) {
                return;
            }
        }
        relate(record);
    }

    private void relate(IndexedRecord record) {
        keys(record)
                .forEach(key -> relations
                        .computeIfAbsent(key.by, by -> new HashMap<>())
                        .computeIfAbsent(key.value, value -> new TreeMap<>())
                        .put(record.position(), record));
    }

    /** Removes the record. Returns it, or null if it isn't in the index. */
    @Nullable
    IndexedRecord remove(String uri) {
        IndexedRecord record = byUri.remove(uri);
        if (record == null) {
            return null;
        }
        String pair = pair(record);
        if (pair != null) {
            removePair(pair, record);
        }
        for (Key key : keys(record)) {
            Map<String, NavigableMap<Position, IndexedRecord>> relation = relations.getOrDefault(key.by, Map.of());
            NavigableMap<Position, IndexedRecord> records = relation.get(key.value);
            if (records != null) {
                records.remove(record.position());
                if (records.isEmpty()) {
                    relation.remove(key.value);
                }
            }
        }
        return record;
    }

    private void removePair(String pair, IndexedRecord record) {
        Deque<IndexedRecord> records = byPair.get(pair);
        if (records == null) {
            return;
        }
        boolean first = records.getFirst().equals(record);
        records.remove(record);
        if (records.isEmpty()) {
            byPair.remove(pair);
        } else if (first && ONE_PER_SUBJECT.contains(record.collection())) {
            relate(records.getFirst());
        }
    }

    void clear() {
        byUri.clear();
        relations.clear();
        byPair.clear();
    }

    private record Key(By by, String value) {}

    private static List<Key> keys(IndexedRecord record) {
        LexMap value = record.value();
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(By.AUTHOR, record.collection() + " " + record.did()));
        String subject = Refs.subject(value);
        if (subject != null) {
            keys.add(new Key(By.SUBJECT, record.collection() + " " + subject));
        }
        switch (record.collection()) {
            case Nsids.POST -> {
                keys.add(new Key(By.AUTHOR, Nsids.POST));
                keys.add(new Key(By.FEED, record.did()));
                add(keys, By.PARENT, Refs.parent(value));
                add(keys, By.QUOTED, Refs.quoted(value));
            }
            case Nsids.REPOST -> keys.add(new Key(By.FEED, record.did()));
            case Nsids.LIST_ITEM -> add(keys, By.LIST, value.getString("list"));
            default -> {}
        }
        return keys;
    }

    private static void add(List<Key> keys, By by, @Nullable String value) {
        if (value != null) {
            keys.add(new Key(by, value));
        }
    }

    private static @Nullable String pair(IndexedRecord record) {
        String subject = Refs.subject(record.value());
        if (subject == null) {
            return null;
        }
        if (record.collection().equals(Nsids.LIST_ITEM)) {
            String list = record.value().getString("list");
            return list == null ? null : pair(Nsids.LIST_ITEM, list, subject);
        }
        return pair(record.collection(), record.did(), subject);
    }

    private static String pair(String collection, String from, String to) {
        return collection + " " + from + " " + to;
    }
}
