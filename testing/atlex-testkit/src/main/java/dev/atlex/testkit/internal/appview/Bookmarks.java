package dev.atlex.testkit.internal.appview;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The posts that accounts have bookmarked. Bookmarks are private: each account sees only its own, and the total number
 * of bookmarks of a post.
 */
public final class Bookmarks {
    /** A bookmark of a post. */
    record Bookmark(String uri, String cid, Position position) {}

    private final Map<String, Map<String, Bookmark>> byAccount = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Adds a bookmark. Does nothing if the post is bookmarked already. */
    void add(String did, Bookmark bookmark) {
        if (byAccount.computeIfAbsent(did, d -> new HashMap<>()).putIfAbsent(bookmark.uri, bookmark) == null) {
            counts.merge(bookmark.uri, 1, Integer::sum);
        }
    }

    /** Removes a bookmark, if there is one. */
    void remove(String did, String uri) {
        if (byAccount.getOrDefault(did, Map.of()).remove(uri) != null) {
            counts.merge(uri, -1, Integer::sum);
        }
    }

    boolean has(String did, String uri) {
        return byAccount.getOrDefault(did, Map.of()).containsKey(uri);
    }

    /** Returns the number of accounts that have bookmarked the post. */
    int count(@Nullable String uri) {
        return counts.getOrDefault(uri, 0);
    }

    /** Returns an account's bookmarks, newest first. */
    NavigableMap<Position, Bookmark> of(String did) {
        NavigableMap<Position, Bookmark> sorted = new TreeMap<>();
        byAccount.getOrDefault(did, Map.of()).values().forEach(bookmark -> sorted.put(bookmark.position, bookmark));
        return sorted;
    }

    void clear() {
        byAccount.clear();
        counts.clear();
    }
}
