package dev.atlex.installer;

/** Thrown when an installation would exceed one of its {@link InstallLimits}. No file has been written. */
public final class InstallLimitException extends InstallException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;

    InstallLimitException(String limit, long value, String message) {
        super(message + "; raise " + limit + " to allow it");
        this.limit = limit;
        this.value = value;
    }

    /**
     * Returns the name of the limit in {@link InstallLimits}: {@code maxDocuments}, {@code maxBytes} or
     * {@code maxDepth}.
     */
    public String limit() {
        return limit;
    }

    /** Returns the value of the limit. */
    public long value() {
        return value;
    }
}
