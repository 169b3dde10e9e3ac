package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.schema.Method;
import dev.atlex.syntax.AtUri;
import org.jspecify.annotations.Nullable;

/**
 * An {@linkplain CallOptions.Builder#idempotentCreates idempotent create} found another record under its key. The cause is
 * the failure after which it looked.
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

    /** Where the other record is, and this one was to be. */
    public AtUri uri() {
        return uri;
    }

    /** The other record's CID, or null if the server does not tell. */
    public @Nullable Cid cid() {
        return cid;
    }

    /** False: the record will still be there. */
    @Override
    public boolean retryable() {
        return false;
    }
}
