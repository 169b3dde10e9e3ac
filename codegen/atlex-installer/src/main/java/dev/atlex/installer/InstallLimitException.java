package dev.atlex.installer;

/** Thrown when an installation would pass one of its {@link InstallLimits}. Nothing was written. */
public final class InstallLimitException extends InstallException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;

    InstallLimitException(String limit, long value, String message) {
        super(message + "; a higher " + limit + " allows it");
        this.limit = limit;
        this.value = value;
    }

    /** Returns the limit's name in {@link InstallLimits}: {@code maxDocuments}, {@code maxBytes} or {@code maxDepth}. */
    public String limit() {
        return limit;
    }

    /** Returns the limit that would be passed. */
    public long value() {
        return value;
    }
}
