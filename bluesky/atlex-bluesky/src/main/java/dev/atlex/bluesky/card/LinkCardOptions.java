package dev.atlex.bluesky.card;

import dev.atlex.client.transport.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Limits and settings for {@link LinkCards}. Immutable. */
public final class LinkCardOptions {
    /** The default options. */
    public static final LinkCardOptions DEFAULTS = new Builder().build();

    private final Duration timeout;
    private final Duration attemptTimeout;
    private final int maxRetries;
    private final int maxPageBytes;
    private final int maxImageBytes;
    private final boolean thumbs;
    private final @Nullable String userAgent;
    private final @Nullable Transport transport;
    private final boolean allowPrivateAddresses;

    private LinkCardOptions(Builder builder) {
        this.timeout = builder.timeout;
        this.attemptTimeout = builder.attemptTimeout;
        this.maxRetries = builder.maxRetries;
        this.maxPageBytes = builder.maxPageBytes;
        this.maxImageBytes = builder.maxImageBytes;
        this.thumbs = builder.thumbs;
        this.userAgent = builder.userAgent;
        this.transport = builder.transport;
        this.allowPrivateAddresses = builder.allowPrivateAddresses;
    }

    /** Returns options configured by the function. */
    public static LinkCardOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.timeout = timeout;
        builder.attemptTimeout = attemptTimeout;
        builder.maxRetries = maxRetries;
        builder.maxPageBytes = maxPageBytes;
        builder.maxImageBytes = maxImageBytes;
        builder.thumbs = thumbs;
        builder.userAgent = userAgent;
        builder.transport = transport;
        builder.allowPrivateAddresses = allowPrivateAddresses;
        return builder;
    }

    /** Returns the time limit for a card, including the page, its redirects, its image and all retries. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns the time limit for one attempt to fetch a page or an image. */
    public Duration attemptTimeout() {
        return attemptTimeout;
    }

    /** Returns the maximum number of retries for a page, not counting the first attempt. */
    public int maxRetries() {
        return maxRetries;
    }

    /** Returns how much of a page is read, in bytes after decompression. */
    public int maxPageBytes() {
        return maxPageBytes;
    }

    /** Returns the maximum size of an image before it is shrunk, in bytes. */
    public int maxImageBytes() {
        return maxImageBytes;
    }

    /** Returns whether images are fetched. */
    public boolean thumbs() {
        return thumbs;
    }

    /** Returns the {@code User-Agent} header, or null for the transport's. */
    public @Nullable String userAgent() {
        return userAgent;
    }

    /** Returns the HTTP transport, or null for the account's. */
    public @Nullable Transport transport() {
        return transport;
    }

    /** Returns whether private addresses are allowed. */
    public boolean allowPrivateAddresses() {
        return allowPrivateAddresses;
    }

    /** Returns the option values. */
    @Override
    public String toString() {
        return "LinkCardOptions[timeout=" + timeout + ", attemptTimeout=" + attemptTimeout + ", maxRetries="
                + maxRetries + ", maxPageBytes=" + maxPageBytes + ", maxImageBytes=" + maxImageBytes + ", thumbs="
                + thumbs + ", userAgent=" + userAgent + ", allowPrivateAddresses=" + allowPrivateAddresses + "]";
    }

    /** Builds {@link LinkCardOptions}. Not thread-safe. */
    public static final class Builder {
        private Duration timeout = Duration.ofSeconds(20);
        private Duration attemptTimeout = Duration.ofSeconds(6);
        private int maxRetries = 2;
        private int maxPageBytes = 2 << 20;
        private int maxImageBytes = 20_000_000;
        private boolean thumbs = true;
        private @Nullable String userAgent;
        private @Nullable Transport transport;
        private boolean allowPrivateAddresses;

        private Builder() {}

        /**
         * Sets the time limit for a card, including the page, its redirects, its image and all retries. The default is
         * 20 s. If it expires while the image is being fetched, the card has no image.
         *
         * @throws IllegalArgumentException if the time limit isn't positive
         */
        public Builder timeout(Duration timeout) {
            this.timeout = requirePositive("timeout", timeout);
            return this;
        }

        /**
         * Sets the time limit for one attempt, so that a page that hangs can be retried. The default is 6 s.
         *
         * @throws IllegalArgumentException if the time limit isn't positive
         */
        public Builder attemptTimeout(Duration timeout) {
            this.attemptTimeout = requirePositive("attemptTimeout", timeout);
            return this;
        }

        /**
         * Sets the maximum number of retries after a temporary failure, 0 or more. The default is 2. An image is
         * retried at most once.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder maxRetries(int maxRetries) {
            if (maxRetries < 0) {
                throw new IllegalArgumentException("maxRetries must not be negative (got " + maxRetries + ")");
            }
            this.maxRetries = maxRetries;
            return this;
        }

        /**
         * Sets how much of a page is read, in bytes after decompression. The default is 2 MiB. The rest of a larger
         * page is ignored; reading stops after the page's head.
         *
         * @throws IllegalArgumentException if the number isn't positive
         */
        public Builder maxPageBytes(int bytes) {
            this.maxPageBytes = requirePositive("maxPageBytes", bytes);
            return this;
        }

        /**
         * Sets the maximum size of an image before it is shrunk, in bytes. The default is 20,000,000. Larger images,
         * and all images above 64,000,000 bytes, aren't used.
         *
         * @throws IllegalArgumentException if the number isn't positive
         */
        public Builder maxImageBytes(int bytes) {
            this.maxImageBytes = requirePositive("maxImageBytes", bytes);
            return this;
        }

        /** Sets whether images are fetched. The default is true. */
        public Builder thumbs(boolean thumbs) {
            this.thumbs = thumbs;
            return this;
        }

        /** Sets the {@code User-Agent} header. The default is the transport's own. */
        public Builder userAgent(String userAgent) {
            this.userAgent = Objects.requireNonNull(userAgent, "userAgent");
            return this;
        }

        /**
         * Sets the HTTP transport. The default is the transport of the account that posts the card, or
         * {@link Transport#jdk()} if no account is involved.
         */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets whether pages and images may be on private addresses, on {@code localhost} or under {@code .test}. For
         * tests only. The default is false, so that people who send links to a bot can't reach services inside the
         * bot's network (SSRF). {@link dev.atlex.identity.IdentityResolver.Builder#allowPrivateAddresses} describes the
         * check.
         */
        public Builder allowPrivateAddresses(boolean allow) {
            this.allowPrivateAddresses = allow;
            return this;
        }

        /** Builds the options. */
        public LinkCardOptions build() {
            return new LinkCardOptions(this);
        }

        private static Duration requirePositive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " must be positive (got " + value + ")");
            }
            return value;
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive (got " + value + ")");
            }
            return value;
        }
    }
}
