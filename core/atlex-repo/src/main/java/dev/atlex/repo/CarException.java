package dev.atlex.repo;

import org.jspecify.annotations.Nullable;

/** Thrown when a CAR file is malformed, truncated, or larger than its limits. */
public class CarException extends RepoException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String reason;

    /**
     * Creates an exception.
     *
     * @param reason the problem, without the offset
     * @param offset the offset of the problem from the start of the CAR file, in bytes
     */
    public CarException(String reason, long offset) {
        this(reason, offset, null);
    }

    /** Creates an exception with a cause, which may be null. */
    public CarException(String reason, long offset, @Nullable Throwable cause) {
        super("CAR: " + reason + " at byte " + offset, cause);
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns the offset of the problem from the start of the CAR file, in bytes. */
    public long offset() {
        return offset;
    }

    /** Returns the problem, without the offset. */
    public String reason() {
        return reason;
    }
}
