package dev.atlex.bluesky.internal;

import com.atproto.identity.ResolveHandle;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;

/**
 * Replaces handles with DIDs. The AppView accepts an account's handle, but not in the URI of a record. If the URI
 * contains a handle, some methods fail, and other methods find nothing.
 */
public final class DidLookup {
    private final Client client;

    public DidLookup(Client client) {
        this.client = client;
    }

    /** Returns the DID of an account. Makes a request only for a handle. */
    public Did did(AtIdentifier actor) {
        return actor instanceof Did did
                ? did
                : client.call(ResolveHandle.QUERY, p -> p.handle((Handle) actor))
                        .did();
    }

    /** Returns a URI with the account's DID in place of its handle. */
    public AtUri withDid(AtUri uri) {
        return withDid(uri, did(uri.authority()));
    }

    /** Returns a URI with a DID in place of its authority. */
    public static AtUri withDid(AtUri uri, Did did) {
        Nsid collection = uri.collection();
        RecordKey key = uri.recordKey();
        if (collection == null) {
            return AtUri.of(did);
        }
        return key == null ? AtUri.of(did, collection) : AtUri.of(did, collection, key);
    }
}
