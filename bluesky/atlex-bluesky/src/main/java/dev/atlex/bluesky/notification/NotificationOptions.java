package dev.atlex.bluesky.notification;

import dev.atlex.bluesky.internal.Typos;
import dev.atlex.session.store.CursorStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for {@link Notifications}. */
public final class NotificationOptions {
    /** The default options: notifications with any reason, from now on, with a cursor in memory. */
    public static final NotificationOptions DEFAULTS = of(options -> {});

    private final List<String> reasons;
    private final boolean fromFollowedOnly;
    private final @Nullable CursorStore cursor;
    private final @Nullable String name;
    private final StartPosition start;
    private final @Nullable Instant startTime;
    private final Duration interval;
    private final int attempts;
    private final NotificationListener listener;

    private NotificationOptions(Builder builder) {
        this.reasons = builder.reasons;
        this.fromFollowedOnly = builder.fromFollowedOnly;
        this.cursor = builder.cursor;
        this.name = builder.name;
        this.start = builder.start;
        this.startTime = builder.startTime;
        this.interval = builder.interval;
        this.attempts = builder.attempts;
        this.listener = builder.listener;
    }

    /**
     * Creates options.
     *
     * @param options a function that sets options on the builder
     * @throws IllegalArgumentException if an option is invalid
     */
    public static NotificationOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.reasons = reasons;
        builder.fromFollowedOnly = fromFollowedOnly;
        builder.cursor = cursor;
        builder.name = name;
        builder.start = start;
        builder.startTime = startTime;
        builder.interval = interval;
        builder.attempts = attempts;
        builder.listener = listener;
        return builder;
    }

    /** Returns the reasons to handle, sorted; empty for all. */
    public List<String> reasons() {
        return reasons;
    }

    /** Returns whether only notifications from followed accounts are handled. */
    public boolean fromFollowedOnly() {
        return fromFollowedOnly;
    }

    /** Returns the store of the cursor, or null for one in memory. */
    public @Nullable CursorStore cursor() {
        return cursor;
    }

    /** Returns the name of the consumer, which consists of its reasons by default. */
    public String name() {
        return name != null ? name : reasons.isEmpty() ? "all" : String.join(".", reasons);
    }

    /** Returns the start position, which {@link #startTime} overrides. */
    public StartPosition start() {
        return start;
    }

    /** Returns the time of the first notification to handle, or null if {@link #start} decides. */
    public @Nullable Instant startTime() {
        return startTime;
    }

    /** Returns the time between two polls. */
    public Duration interval() {
        return interval;
    }

    /** Returns how many times the handler is called with a notification before the notification is set aside. */
    public int attempts() {
        return attempts;
    }

    /** Returns the listener. */
    public NotificationListener listener() {
        return listener;
    }

    @Override
    public String toString() {
        return "NotificationOptions[name=" + name() + ", reasons=" + reasons + ", fromFollowedOnly=" + fromFollowedOnly
                + ", cursor=" + cursor + ", from=" + (startTime == null ? start : startTime) + ", interval=" + interval
                + ", attempts=" + attempts + "]";
    }

    /** Builds {@link NotificationOptions}. Not thread-safe. */
    public static final class Builder {
        private static final List<String> REASONS = List.of(
                "like",
                "repost",
                "follow",
                "mention",
                "reply",
                "quote",
                "starterpack-joined",
                "verified",
                "unverified",
                "like-via-repost",
                "repost-via-repost",
                "subscribed-post",
                "contact-match");

        private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
        private static final Duration MAX_INTERVAL = Duration.ofDays(1);

        private List<String> reasons = List.of();
        private boolean fromFollowedOnly;
        private @Nullable CursorStore cursor;
        private @Nullable String name;
        private StartPosition start = StartPosition.NOW;
        private @Nullable Instant startTime;
        private Duration interval = Duration.ofSeconds(15);
        private int attempts = 5;
        private NotificationListener listener = NotificationListener.NONE;

        private Builder() {}

        /**
         * Sets the reasons to handle, such as {@code mention} and {@code reply}; without any, notifications with all
         * reasons are handled. Reasons that Atlex doesn't know are allowed, because the service may add some.
         *
         * @throws IllegalArgumentException if a reason is empty or looks like a misspelled known reason
         * @see app.bsky.notification.ListNotifications.Notification#REASON_MENTION
         */
        public Builder reasons(String... reasons) {
            for (String reason : reasons) {
                String meant = Typos.meant(reason, REASONS);
                if (reason.isBlank() || meant != null) {
                    throw new IllegalArgumentException("reasons: unknown reason (got \"" + reason + "\")"
                            + (meant == null ? "" : "; did you mean \"" + meant + "\"?"));
                }
            }
            this.reasons = List.copyOf(new TreeSet<>(List.of(reasons)));
            return this;
        }

        /**
         * Handles only notifications from accounts that this account follows. Off by default, regardless of the
         * account's own setting.
         */
        public Builder fromFollowedOnly(boolean only) {
            this.fromFollowedOnly = only;
            return this;
        }

        /**
         * Sets the store of the cursor. By default, the cursor is in memory, so a restarted process begins with
         * {@link #from(StartPosition)} again.
         */
        public Builder cursor(CursorStore cursor) {
            this.cursor = Objects.requireNonNull(cursor, "cursor");
            return this;
        }

        /**
         * Sets the name of the consumer. Consumers with different names handle the same notifications independently.
         * Consumers with the same name take turns. By default, the name consists of the reasons, so changing the
         * reasons starts with a new cursor. Set a name to keep the cursor.
         *
         * @throws IllegalArgumentException if the name is empty or has more than 512 characters
         */
        public Builder name(String name) {
            if (name.isEmpty() || name.length() > 512) {
                throw new IllegalArgumentException(
                        "name: expected 1 to 512 characters (got " + name.length() + " characters)");
            }
            this.name = name;
            return this;
        }

        /** Sets the start position of a consumer without a saved cursor. The default is {@link StartPosition#NOW}. */
        public Builder from(StartPosition start) {
            this.start = start;
            this.startTime = null;
            return this;
        }

        /** Sets the time of the first notification to handle, for a consumer without a saved cursor. */
        public Builder from(Instant time) {
            this.startTime = time;
            return this;
        }

        /**
         * Sets the time between two polls. The default is 15 seconds.
         *
         * @throws IllegalArgumentException if the interval isn't between 1 second and 1 day
         */
        public Builder interval(Duration interval) {
            if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
                throw new IllegalArgumentException("interval: expected 1 second to 1 day (got " + interval + ")");
            }
            this.interval = interval;
            return this;
        }

        /**
         * Sets how many times the handler is called with a notification before the notification is set aside. The
         * default is 5.
         *
         * @throws IllegalArgumentException if the number isn't between 1 and 20
         */
        public Builder attempts(int attempts) {
            if (attempts < 1 || attempts > 20) {
                throw new IllegalArgumentException("attempts: expected 1 to 20 (got " + attempts + ")");
            }
            this.attempts = attempts;
            return this;
        }

        /** Sets the listener for retries and failures. The default is none. */
        public Builder listener(NotificationListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Builds the options. */
        public NotificationOptions build() {
            return new NotificationOptions(this);
        }
    }
}
