package dev.atlex.bluesky.internal.action;

import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.syntax.AtUri;

/** Checks the URIs of lists. The AppView itself would let an account mute any URI. */
final class ListUris {
    private ListUris() {}

    /**
     * Returns the URI with its account's DID.
     *
     * @throws IllegalArgumentException if it isn't a list's URI
     */
    static AtUri withDid(String operation, AtUri list, DidLookup dids) {
        if (!app.bsky.graph.List.RECORD.collection().equals(list.collection()) || list.recordKey() == null) {
            throw new IllegalArgumentException(operation + ": not the URI of a list (got " + list + ")");
        }
        return dids.withDid(list);
    }
}
