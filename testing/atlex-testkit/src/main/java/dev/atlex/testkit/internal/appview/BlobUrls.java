package dev.atlex.testkit.internal.appview;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import org.jspecify.annotations.Nullable;

/** Creates URLs for the blobs that views show. The PDS serves all of them in their original size. */
@FunctionalInterface
public interface BlobUrls {
    /** Returns the URL of an account's blob. */
    String of(String did, String cid);

    /** Returns the URL of the blob in a field of a record, or null. */
    default @Nullable String in(LexMap object, String field, String did) {
        String cid = cid(object, field);
        return cid == null ? null : of(did, cid);
    }

    /** Returns the CID of the blob in a field of a record, or null. */
    static @Nullable String cid(LexMap object, String field) {
        LexMap blob = object.getMap(field);
        return blob != null && blob.get("ref") instanceof Cid ref ? ref.toString() : null;
    }
}
