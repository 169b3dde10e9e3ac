package dev.atlex.streams;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.schema.RecordType;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.internal.StreamUrls;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options for an event stream. Immutable. */
public final class StreamOptions {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

    /**
     * The defaults. They specify no service; {@link Firehose}, {@link Jetstream} and {@link Labels} have a default one.
     */
    public static final StreamOptions DEFAULTS = new StreamOptions(new Builder());

    private final @Nullable URI service;
    private final JdkTransport transport;
    private final @Nullable CursorStore cursor;
    private final String consumer;
    private final OptionalLong startAt;
    private final List<String> collections;
    private final List<Did> dids;
    private final Function<? super StreamGap, Gap> onGap;
    private final Function<? super FailedEvent, Failure> onFailure;
    private final java.util.function.Consumer<? super FailedEvent> onSkipped;
    private final StreamListener listener;
    private final Duration saveInterval;
    private final long bufferBytes;

    private StreamOptions(Builder builder) {
        this.service = builder.service;
        this.transport = builder.transport;
        this.cursor = builder.cursor;
        this.consumer = builder.consumer;
        this.startAt = builder.startAt;
        this.collections = List.copyOf(builder.collections);
        this.dids = List.copyOf(builder.dids);
        this.onGap = builder.onGap;
        this.onFailure = builder.onFailure;
        this.onSkipped = builder.onSkipped;
        this.listener = builder.listener;
        this.saveInterval = builder.saveInterval;
        this.bufferBytes = builder.bufferBytes;
    }

    /** Creates options. */
    public static StreamOptions of(java.util.function.Consumer<? super Builder> options) {
        return of(DEFAULTS.toBuilder(), options);
    }

    /** Creates options with a default service. */
    static StreamOptions of(String service, java.util.function.Consumer<? super Builder> options) {
        return of(DEFAULTS.toBuilder().service(service), options);
    }

    private static StreamOptions of(Builder builder, java.util.function.Consumer<? super Builder> options) {
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the URL of the service, with the scheme ws or wss, or null for the default one. */
    public @Nullable URI service() {
        return service;
    }

    /** Returns the transport. */
    public JdkTransport transport() {
        return transport;
    }

    /** Returns the store of the cursor, or null if the cursor isn't stored. */
    public @Nullable CursorStore cursor() {
        return cursor;
    }

    /** Returns the name of the consumer, or the empty string. */
    public String consumer() {
        return consumer;
    }

    /** Returns the cursor to start at if none is stored. */
    public OptionalLong startAt() {
        return startAt;
    }

    /** Returns the collections of the records to deliver; all of them if the list is empty. */
    public List<String> collections() {
        return collections;
    }

    /** Returns the accounts whose events to deliver; all of them if the list is empty. */
    public List<Did> dids() {
        return dids;
    }

    /** Returns the policy for gaps. */
    public Function<? super StreamGap, Gap> onGap() {
        return onGap;
    }

    /** Returns the policy for events whose handler failed. */
    public Function<? super FailedEvent, Failure> onFailure() {
        return onFailure;
    }

    /** Returns the callback for skipped events. */
    public java.util.function.Consumer<? super FailedEvent> onSkipped() {
        return onSkipped;
    }

    /** Returns the listener. */
    public StreamListener listener() {
        return listener;
    }

    /** Returns the time between two saves of the cursor. */
    public Duration saveInterval() {
        return saveInterval;
    }

    /** Returns the limit on the total size of events that are queued or being handled, in bytes. */
    public long bufferBytes() {
        return bufferBytes;
    }

    @Override
    public String toString() {
        return "StreamOptions[service=" + service + ", cursor=" + cursor + ", consumer=" + consumer + ", startAt="
                + startAt + ", collections=" + collections + ", dids=" + dids.size() + ", saveInterval="
                + saveInterval + ", bufferBytes=" + bufferBytes + "]";
    }

    /** Builds {@link StreamOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI service;
        private JdkTransport transport = JdkTransport.shared();
        private @Nullable CursorStore cursor;
        private String consumer = "";
        private OptionalLong startAt = OptionalLong.empty();
        private List<String> collections = new ArrayList<>();
        private List<Did> dids = new ArrayList<>();
        private Function<? super StreamGap, Gap> onGap = gap -> Gap.CONTINUE;
        private Function<? super FailedEvent, Failure> onFailure = failed -> Failure.STOP;
        private java.util.function.Consumer<? super FailedEvent> onSkipped =
                failed -> LOG.log(Level.WARNING, "skipped an event: {0}", failed);
        private StreamListener listener = StreamListener.NONE;
        private Duration saveInterval = Duration.ofSeconds(2);
        private long bufferBytes = 4 * 1024 * 1024;

        private Builder() {}

        private Builder(StreamOptions from) {
            this.service = from.service;
            this.transport = from.transport;
            this.cursor = from.cursor;
            this.consumer = from.consumer;
            this.startAt = from.startAt;
            this.collections = new ArrayList<>(from.collections);
            this.dids = new ArrayList<>(from.dids);
            this.onGap = from.onGap;
            this.onFailure = from.onFailure;
            this.onSkipped = from.onSkipped;
            this.listener = from.listener;
            this.saveInterval = from.saveInterval;
            this.bufferBytes = from.bufferBytes;
        }

        /**
         * Sets the URL of the service, such as {@code wss://bsky.network}.
         *
         * @throws IllegalArgumentException if it isn't a ws, wss, http or https URL, or contains a user name or
         *     password
         */
        public Builder service(String service) {
            this.service = StreamUrls.parse(service);
            return this;
        }

        /**
         * Sets the transport, for its proxy, TLS settings and {@code User-Agent}. The default is the shared transport.
         */
        public Builder transport(JdkTransport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets the store for the cursor. Without one, the stream starts at the newest event each time. If several
         * streams share a cursor, in this process or in others, one of them receives events, and the others wait until
         * it ends.
         */
        public Builder cursor(CursorStore cursor) {
            this.cursor = Objects.requireNonNull(cursor, "cursor");
            return this;
        }

        /**
         * Sets the name of the consumer. Set it if several programs consume the same stream of the same service with
         * one store, so that each has its own cursor. The default is the empty string.
         */
        public Builder consumer(String consumer) {
            this.consumer = Objects.requireNonNull(consumer, "consumer");
            return this;
        }

        /**
         * Sets the cursor to start after if none is stored: a sequence number, or 0 for the server's oldest event. By
         * default, the stream starts at the newest event.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder startAt(long cursor) {
            if (cursor < 0) {
                throw new IllegalArgumentException("startAt: the cursor must not be negative (got " + cursor + ")");
            }
            this.startAt = OptionalLong.of(cursor);
            return this;
        }

        /**
         * Sets the collections of the records to deliver. Events about accounts are delivered regardless. The default
         * is all collections. Only {@link Firehose} and {@link Jetstream} have this option.
         *
         * @param collections NSIDs, or prefixes such as {@code app.bsky.feed.*}
         * @throws IllegalArgumentException if one of them is neither
         */
        public Builder collections(String... collections) {
            for (String collection : collections) {
                String name =
                        collection.endsWith(".*") ? collection.substring(0, collection.length() - 1) + "x" : collection;
                if (!Nsid.isValid(name)) {
                    throw new IllegalArgumentException("collections: expected an NSID, or a prefix such as "
                            + "app.bsky.feed.* (got \"" + collection + "\")");
                }
            }
            this.collections = List.of(collections);
            return this;
        }

        /** Like {@link #collections(String...)}, with the types of the records. */
        public Builder collections(RecordType<?, ?>... types) {
            this.collections = new ArrayList<>();
            for (RecordType<?, ?> type : types) {
                this.collections.add(type.collection().toString());
            }
            return this;
        }

        /**
         * Sets the accounts whose events to deliver. The default is all accounts. Only {@link Firehose} and {@link
         * Jetstream} have this option.
         */
        public Builder dids(Did... dids) {
            this.dids = List.of(dids);
            return this;
        }

        /** Sets the policy for gaps. The default is {@link Gap#CONTINUE}. Each gap is logged as a warning. */
        public Builder onGap(Gap gap) {
            Objects.requireNonNull(gap, "gap");
            return onGap(found -> gap);
        }

        /** Like {@link #onGap(Gap)}, with a function that decides for each gap. It is called on the stream's thread. */
        public Builder onGap(Function<? super StreamGap, Gap> onGap) {
            this.onGap = Objects.requireNonNull(onGap, "onGap");
            return this;
        }

        /**
         * Sets the policy for events whose handler throws an exception. The default is {@link Failure#STOP}, so that a
         * bug can't cause events to be skipped. The policy doesn't apply to frames that can't be decoded, which are
         * always skipped.
         */
        public Builder onFailure(Failure failure) {
            Objects.requireNonNull(failure, "failure");
            return onFailure(failed -> failure);
        }

        /**
         * Like {@link #onFailure(Failure)}, with a function that decides for each failure: for example, to retry three
         * times and then skip.
         */
        public Builder onFailure(Function<? super FailedEvent, Failure> onFailure) {
            this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
            return this;
        }

        /**
         * Sets the callback for skipped events and for frames that can't be decoded, with their bytes. It is called on
         * the handler's thread. The default logs a warning.
         */
        public Builder onSkipped(java.util.function.Consumer<? super FailedEvent> onSkipped) {
            this.onSkipped = Objects.requireNonNull(onSkipped, "onSkipped");
            return this;
        }

        /** Sets the listener. */
        public Builder listener(StreamListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets the time between two saves of the cursor: at least 10 ms; the default is 2 s. The cursor is also saved
         * when the stream is closed and when the JVM shuts down. After a crash, the events since the last save are
         * delivered again.
         *
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder saveInterval(Duration interval) {
            if (interval.compareTo(Duration.ofMillis(10)) < 0) {
                throw new IllegalArgumentException("saveInterval: must be at least 10 ms (got " + interval + ")");
            }
            this.saveInterval = interval;
            return this;
        }

        /**
         * Sets the limit on the total size of the frames whose events are queued or being handled, in bytes: at least
         * 1, 4 MiB by default. In memory, events take about three times as much space. If handlers are slower than the
         * server, the server has to wait.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder bufferBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("bufferBytes: must be positive (got " + bytes + ")");
            }
            this.bufferBytes = bytes;
            return this;
        }

        /** Builds the options. */
        public StreamOptions build() {
            return new StreamOptions(this);
        }
    }
}
