package dev.atlex.installer;

import java.util.function.Consumer;

/**
 * Bounds what strangers can make an installation fetch: documents refer to others, of anyone, without end. The documents
 * that the caller asks for and those that the manifest pins do not count.
 */
public final class InstallLimits {
    /** 1,000 documents, 64 MiB, 100 references in a row. */
    public static final InstallLimits DEFAULTS = of(limits -> {});

    private final int maxDocuments;
    private final long maxBytes;
    private final int maxDepth;

    private InstallLimits(Builder builder) {
        this.maxDocuments = builder.maxDocuments;
        this.maxBytes = builder.maxBytes;
        this.maxDepth = builder.maxDepth;
    }

    /**
     * Returns the limits that the function sets.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public static InstallLimits of(Consumer<? super Builder> limits) {
        Builder builder = new Builder();
        limits.accept(builder);
        return new InstallLimits(builder);
    }

    /** Returns how many documents are fetched because others refer to them. */
    public int maxDocuments() {
        return maxDocuments;
    }

    /** Returns how many bytes all fetched documents have together, as DAG-CBOR. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Returns how many references in a row are followed. */
    public int maxDepth() {
        return maxDepth;
    }

    /** Builds {@link InstallLimits}. */
    public static final class Builder {
        private int maxDocuments = 1000;
        private long maxBytes = 64 << 20;
        private int maxDepth = 100;

        private Builder() {}

        /** Sets how many documents are fetched because others refer to them. */
        public Builder maxDocuments(int documents) {
            maxDocuments = Math.toIntExact(positive(documents));
            return this;
        }

        /** Sets how many bytes all fetched documents may have together, as DAG-CBOR. */
        public Builder maxBytes(long bytes) {
            maxBytes = positive(bytes);
            return this;
        }

        /** Sets how many references in a row are followed. */
        public Builder maxDepth(int references) {
            maxDepth = Math.toIntExact(positive(references));
            return this;
        }

        private static long positive(long limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("a limit must be at least 1 (got " + limit + ")");
            }
            return limit;
        }
    }
}
