package dev.atlex.testkit;

import dev.atlex.syntax.Handle;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Options for a {@link LocalPds} that are fixed when it starts. Immutable. */
public final class LocalPdsOptions {
    /** The defaults: any free port, no entryway, an AppView, the system clock, the bundled schemas and no accounts. */
    public static final LocalPdsOptions DEFAULTS = new Builder().build();

    private final int port;
    private final boolean entryway;
    private final boolean appView;
    private final Clock clock;
    private final RecordValidator recordValidator;
    private final Map<String, String> accounts;

    private LocalPdsOptions(Builder builder) {
        port = builder.port;
        entryway = builder.entryway;
        appView = builder.appView;
        clock = builder.clock;
        recordValidator = builder.recordValidator;
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.accounts));
    }

    /** Returns options configured by the function. */
    public static LocalPdsOptions of(Consumer<? super Builder> changes) {
        return DEFAULTS.with(changes);
    }

    LocalPdsOptions with(Consumer<? super Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.port = port;
        builder.entryway = entryway;
        builder.appView = appView;
        builder.clock = clock;
        builder.recordValidator = recordValidator;
        builder.accounts.putAll(accounts);
        return builder;
    }

    /** Returns the port to listen on, or 0 for any free port. */
    public int port() {
        return port;
    }

    /** Returns whether an entryway runs in front of the PDS. */
    public boolean entryway() {
        return entryway;
    }

    /** Returns whether the server has an AppView. */
    public boolean appView() {
        return appView;
    }

    /** Returns the server's clock. */
    public Clock clock() {
        return clock;
    }

    /** Returns the validator for records. */
    public RecordValidator recordValidator() {
        return recordValidator;
    }

    /**
     * Returns the passwords of the accounts that exist from the start, by handle, in the order in which they were
     * added.
     */
    public Map<String, String> accounts() {
        return accounts;
    }

    /** Returns a string that contains the options, but no passwords. */
    @Override
    public String toString() {
        return "LocalPdsOptions[port=" + port + ", entryway=" + entryway + ", appView=" + appView + ", clock=" + clock
                + ", accounts=" + accounts.keySet() + "]";
    }

    /** Builds {@link LocalPdsOptions}. Not thread-safe. */
    public static final class Builder {
        private int port;
        private boolean entryway;
        private boolean appView = true;
        private Clock clock = Clock.systemUTC();
        private RecordValidator recordValidator = RecordValidator.bundled();
        private final Map<String, String> accounts = new LinkedHashMap<>();

        private Builder() {}

        /** Sets the port of {@link LocalPds#url()}. The default, 0, picks any free port. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Runs an entryway in front of the PDS, on its own port, as Bluesky's hosted service does.
         *
         * <p>{@link LocalPds#url()} is then the entryway. It serves {@code com.atproto.server.*} and
         * {@code com.atproto.identity.resolveHandle} and returns 501 for other methods. The PDS behind it serves all
         * methods. Tokens are valid at both. Off by default.
         *
         * <p>The entryway is also the OAuth authorization server, with DPoP nonces of its own. The PDS doesn't know the OAuth
         * sessions, so it accepts their access tokens until they expire, even after a refresh or a revocation.
         */
        public Builder entryway(boolean on) {
            this.entryway = on;
            return this;
        }

        /**
         * Gives the server an AppView, which implements {@code app.bsky} methods. On by default.
         *
         * <p>Without one, the server behaves like a PDS that can't reach its AppView: the methods that a PDS forwards
         * return 502 {@code UpstreamFailure}, except those set with {@link LocalPds#handle}. The chat and video
         * services are off, too.
         */
        public Builder appView(boolean on) {
            this.appView = on;
            return this;
        }

        /** Sets the server's clock. Pass a {@link MutableClock} to expire tokens without waiting. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the validator for records. The default, {@link RecordValidator#bundled()}, accepts and rejects records as a
         * real server does.
         *
         * <p>To write records that violate their schemas, send {@code validate: false}, which a real server also accepts,
         * or set {@link RecordValidator#none()}.
         */
        public Builder recordValidator(RecordValidator validator) {
            this.recordValidator = Objects.requireNonNull(validator, "validator");
            return this;
        }

        /**
         * Adds an account that exists from the start and after each {@link LocalPds#reset()}.
         *
         * @param handle a handle in any domain
         */
        public Builder account(String handle, String password) {
            accounts.put(Objects.requireNonNull(handle, "handle"), Objects.requireNonNull(password, "password"));
            return this;
        }

        /** Like {@link #account(String, String)}. */
        public Builder account(Handle handle, String password) {
            return account(handle.toString(), password);
        }

        /** Returns the options. */
        public LocalPdsOptions build() {
            return new LocalPdsOptions(this);
        }
    }
}
