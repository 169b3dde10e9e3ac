package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/** Input that is not well-formed: broken JSON or CBOR, or what the data model doesn't allow whatever the schema. */
public class LexDataException extends LexException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * @param path where, from the root {@code $}: {@code $.feed[3].post}
     * @param reason what is wrong
     */
    public LexDataException(String path, String reason, @Nullable Throwable cause) {
        super(reason + " at " + path, cause);
        this.path = path;
        this.reason = reason;
    }

    public LexDataException(String path, String reason) {
        this(path, reason, null);
    }

    /** Where it is wrong, from the root {@code $}: {@code $.feed[3].post}. */
    public String path() {
        return path;
    }

    /** What is wrong, without the path. */
    public String reason() {
        return reason;
    }
}
