package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.schema.Method;
import dev.atlex.syntax.AtUri;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an {@linkplain CallOptions.Builder#idempotentCreates idempotent create} finds a different record under
 * its key. The cause is the failure of the create.
 */
public final class RecordConflictException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final transient AtUri uri;
    private final transient @Nullable Cid cid;

    RecordConflictException(Method<?> method, AtUri uri, @Nullable Cid cid, XrpcException cause) {
        super(method, "RecordConflict", method.nsid() + ": there is another record at " + uri, cause);
        this.uri = uri;
        this.cid = cid;
    }

    /** Returns the URI of the other record, which this create would have used. */
    public AtUri uri() {
        return uri;
    }

    /** Returns the other record's CID, or null if the server didn't return it. */
    public @Nullable Cid cid() {
        return cid;
    }

    /** Returns false: the other record will still exist. */
    @Override
    public boolean retryable() {
        return false;
    }
}
