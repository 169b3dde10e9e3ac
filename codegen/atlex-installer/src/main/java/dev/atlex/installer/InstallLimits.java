package dev.atlex.installer;

import java.util.function.Consumer;

/**
 * Limits on the documents that an installation fetches, because documents from untrusted sources can refer to any
 * number of others. Documents that the caller requests or the manifest pins don't count.
 */
public final class InstallLimits {
    /** The default limits: 1,000 documents, 64 MiB, and chains of 100 references. */
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
     * Returns limits configured by the function.
     *
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public static InstallLimits of(Consumer<? super Builder> limits) {
        Builder builder = new Builder();
        limits.accept(builder);
        return new InstallLimits(builder);
    }

    /** Returns the maximum number of documents that are fetched because other documents refer to them. */
    public int maxDocuments() {
        return maxDocuments;
    }

    /** Returns the maximum total size of the fetched documents in bytes of DAG-CBOR. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Returns the maximum length of a chain of references. */
    public int maxDepth() {
        return maxDepth;
    }

    /** Builds {@link InstallLimits}. */
    public static final class Builder {
        private int maxDocuments = 1000;
        private long maxBytes = 64 << 20;
        private int maxDepth = 100;

        private Builder() {}

        /** Sets the maximum number of documents that are fetched because other documents refer to them. */
        public Builder maxDocuments(int documents) {
            maxDocuments = Math.toIntExact(positive(documents));
            return this;
        }

        /** Sets the maximum total size of the fetched documents in bytes of DAG-CBOR. */
        public Builder maxBytes(long bytes) {
            maxBytes = positive(bytes);
            return this;
        }

        /** Sets the maximum length of a chain of references. */
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
