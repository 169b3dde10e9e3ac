package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when input isn't well-formed: invalid JSON or CBOR, or data that violates the data model regardless of its
 * schema.
 */
public class LexDataException extends LexException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * Creates an exception.
     *
     * @param path the path of the invalid value from the root {@code $}, such as {@code $.feed[3].post}
     * @param reason the problem, without the path
     * @param cause the underlying failure, or null
     */
    public LexDataException(String path, String reason, @Nullable Throwable cause) {
        super(reason + " at " + path, cause);
        this.path = path;
        this.reason = reason;
    }

    /** Creates an exception without a cause. */
    public LexDataException(String path, String reason) {
        this(path, reason, null);
    }

    /** Returns the path of the invalid value from the root {@code $}, such as {@code $.feed[3].post}. */
    public String path() {
        return path;
    }

    /** Returns the problem, without the path. */
    public String reason() {
        return reason;
    }
}
