package dev.atlex.testkit.internal.jetstream;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.internal.Query;
import dev.atlex.testkit.internal.XrpcError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events that a consumer wants. All three lists are optional; an empty one matches everything.
 *
 * @param collections NSIDs, or prefixes that end with a period
 * @param maxBytes the maximum size of a frame without compression, or 0
 */
record JetstreamFilter(Set<String> kinds, Set<String> dids, Set<String> collections, long maxBytes) {
    private static final Set<String> KINDS = Set.of("commit", "identity", "account", "sync");
    private static final int MAX_COLLECTIONS = 100;
    private static final int MAX_DIDS = 10_000;

    /** Reads the parameters of version 2. */
    static JetstreamFilter version2(Query query) {
        Set<String> kinds = new HashSet<>(query.all("kinds"));
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw XrpcError.invalidRequest("unknown kind (got \"" + kind + "\")");
            }
        }
        Set<String> collections = collections(query.all("collections"));
        if (!collections.isEmpty() && !kinds.isEmpty() && !kinds.contains("commit")) {
            throw XrpcError.invalidRequest("collections filter commits, which kinds excludes");
        }
        return new JetstreamFilter(kinds, dids(query.all("dids")), collections, maxBytes(query));
    }

    /** Reads the parameters of version 1. */
    static JetstreamFilter version1(Query query) {
        return new JetstreamFilter(
                Set.of(), dids(query.all("wantedDids")), collections(query.all("wantedCollections")), maxBytes(query));
    }

    private static Set<String> dids(List<String> values) {
        for (String value : values) {
            if (!Did.isValid(value)) {
                throw XrpcError.invalidRequest("invalid DID (got \"" + value + "\")");
            }
        }
        Set<String> dids = new HashSet<>(values);
        if (dids.size() > MAX_DIDS) {
            throw XrpcError.invalidRequest("too many DIDs: " + dids.size() + " > " + MAX_DIDS);
        }
        return dids;
    }

    private static Set<String> collections(List<String> values) {
        Set<String> collections = new HashSet<>();
        for (String value : values) {
            if (value.endsWith(".*")) {
                collections.add(value.substring(0, value.length() - 1));
            } else if (Nsid.isValid(value)) {
                collections.add(value);
            } else {
                throw XrpcError.invalidRequest("invalid collection (got \"" + value + "\")");
            }
        }
        if (collections.size() > MAX_COLLECTIONS) {
            throw XrpcError.invalidRequest("too many collections: " + collections.size() + " > " + MAX_COLLECTIONS);
        }
        return collections;
    }

    private static long maxBytes(Query query) {
        String value = query.first("maxMessageSizeBytes", "0");
        return value.matches("[0-9]{1,10}") ? Long.parseLong(value) : 0;
    }

    boolean wants(JetstreamEvent event) {
        return (kinds.isEmpty() || kinds.contains(event.kind()))
                && (dids.isEmpty() || dids.contains(event.did()))
                && (collections.isEmpty() || event.collection() == null || wants(event.collection()));
    }

    private boolean wants(String collection) {
        return collections.contains(collection)
                || collections.stream().anyMatch(wanted -> wanted.endsWith(".") && collection.startsWith(wanted));
    }

    boolean admits(String frame) {
        return maxBytes == 0 || JetstreamEvent.bytes(frame) <= maxBytes;
    }
}
