package dev.atlex.streams;

import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The collections and accounts that a stream delivers. An empty filter allows all of them. */
final class RepoFilter {
    private final Set<String> collections = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();
    private final Set<Did> dids;

    RepoFilter(StreamOptions options) {
        for (String collection : options.collections()) {
            if (collection.endsWith(".*")) {
                prefixes.add(collection.substring(0, collection.length() - 1));
            } else {
                collections.add(collection);
            }
        }
        this.dids = Set.copyOf(options.dids());
    }

    boolean hasCollections() {
        return !collections.isEmpty() || !prefixes.isEmpty();
    }

    boolean acceptsCollection(String collection) {
        return !hasCollections()
                || collections.contains(collection)
                || prefixes.stream().anyMatch(collection::startsWith);
    }

    boolean acceptsDid(Did did) {
        return dids.isEmpty() || dids.contains(did);
    }
}
