package dev.atlex.client;

import com.atproto.repo.StrongRef;
import dev.atlex.data.Cid;
import dev.atlex.schema.LexObject;
import dev.atlex.syntax.AtUri;
import java.util.Objects;

/** Creates {@link StrongRef}s: references to one version of a record, which likes, reposts, replies and quotes need. */
public final class StrongRefs {
    private StrongRefs() {}

    /** Returns a reference to the version of a record that has this CID. */
    public static StrongRef of(AtUri uri, Cid cid) {
        return StrongRef.builder()
                .uri(Objects.requireNonNull(uri, "uri"))
                .cid(Objects.requireNonNull(cid, "cid"))
                .build();
    }

    /**
     * Returns a reference to the record that a view or an output describes. It works with every generated object that
     * has the fields {@code uri} and {@code cid}: the output of a create or put, a post view, a list view, and so on.
     *
     * @throws IllegalArgumentException if the object lacks either field
     */
    public static StrongRef of(LexObject viewOrOutput) {
        if (viewOrOutput.field("uri") instanceof AtUri uri && viewOrOutput.field("cid") instanceof Cid cid) {
            return of(uri, cid);
        }
        throw new IllegalArgumentException("StrongRefs.of: expected an object with the uri and cid of a record (got "
                + viewOrOutput.getClass().getSimpleName() + ")");
    }
}
