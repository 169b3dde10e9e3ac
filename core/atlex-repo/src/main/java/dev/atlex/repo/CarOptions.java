package dev.atlex.repo;

import java.util.function.Consumer;

/** The limits on CAR files that are read. A file that exceeds one is rejected with a {@link CarException}. */
public final class CarOptions {
    /**
     * The default limits: a header of 16 KiB, blocks of 2 MiB, and 1 GiB in total. Blocks of the AT Protocol have at
     * most 2 MB, and records at most 1 MB.
     */
    public static final CarOptions DEFAULTS = new CarOptions(new Builder());

    private final int maxHeaderBytes;
    private final int maxBlockBytes;
    private final long maxBytes;

    private CarOptions(Builder builder) {
        this.maxHeaderBytes = builder.maxHeaderBytes;
        this.maxBlockBytes = builder.maxBlockBytes;
        this.maxBytes = builder.maxBytes;
    }

    /** Creates options from the defaults. */
    public static CarOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new CarOptions(builder);
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxHeaderBytes = maxHeaderBytes;
        builder.maxBlockBytes = maxBlockBytes;
        builder.maxBytes = maxBytes;
        return builder;
    }

    /** Returns the maximum size of the header in bytes. */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /** Returns the maximum size of one block in bytes, without its CID. */
    public int maxBlockBytes() {
        return maxBlockBytes;
    }

    /** Returns the maximum size of the CAR file in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "CarOptions[maxHeaderBytes=" + maxHeaderBytes + ", maxBlockBytes=" + maxBlockBytes + ", maxBytes="
                + maxBytes + "]";
    }

    /** Builds {@link CarOptions}. */
    public static final class Builder {
        private static final int MIN_BYTES = 1;

        private int maxHeaderBytes = 16 << 10;
        private int maxBlockBytes = 2 << 20;
        private long maxBytes = 1L << 30;

        private Builder() {}

        /**
         * Sets the maximum size of the header in bytes, 16 KiB by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxHeaderBytes(int maxHeaderBytes) {
            this.maxHeaderBytes = (int) positive("maxHeaderBytes", maxHeaderBytes);
            return this;
        }

        /**
         * Sets the maximum size of one block in bytes, without its CID; 2 MiB by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxBlockBytes(int maxBlockBytes) {
            this.maxBlockBytes = (int) positive("maxBlockBytes", maxBlockBytes);
            return this;
        }

        /**
         * Sets the maximum size of the CAR file in bytes, 1 GiB by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxBytes(long maxBytes) {
            this.maxBytes = positive("maxBytes", maxBytes);
            return this;
        }

        /** Returns the options. */
        public CarOptions build() {
            return new CarOptions(this);
        }

        private static long positive(String name, long value) {
            if (value < MIN_BYTES) {
                throw new IllegalArgumentException(name + " must be at least 1 (got " + value + ")");
            }
            return value;
        }
    }
}
