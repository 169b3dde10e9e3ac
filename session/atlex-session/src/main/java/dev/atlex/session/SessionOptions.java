package dev.atlex.session;

import dev.atlex.client.CallObserver;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.store.SessionStore;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Options for sessions. Instances are immutable. The setters of {@link Builder} document the defaults.
 *
 * <pre>{@code
 * SessionOptions options = SessionOptions.of(o -> o.store(store).listener(event -> log.info(event.toString())));
 * }</pre>
 */
public final class SessionOptions {
    /** The defaults. */
    public static final SessionOptions DEFAULTS = of(options -> {});

    private final Transport transport;
    private final SessionHooks hooks;
    private final SessionListener listener;
    private final CallObserver observer;
    private final @Nullable SessionStore store;
    private final @Nullable IdentityResolver identity;
    private final SignInLimit signInLimit;
    private final @Nullable Function<? super AuthFactorRequiredException, @Nullable String> authFactor;
    private final @Nullable Boolean logoutOnClose;
    private final Clock clock;
    private final SessionContext context;

    private SessionOptions(Builder builder) {
        this.transport = builder.transport == null ? Transport.jdk() : builder.transport;
        this.hooks = builder.hooks;
        this.listener = builder.listener;
        this.observer = builder.observer;
        this.store = builder.store;
        this.identity = builder.identity;
        this.signInLimit = builder.signInLimit;
        this.authFactor = builder.authFactor;
        this.logoutOnClose = builder.logoutOnClose;
        this.clock = builder.clock;
        this.context = new SessionContext(
                transport, store, listener, observer, identity, signInLimit, TimeSourceClock.sourceOf(clock));
    }

    /** Returns options configured by the function. */
    public static SessionOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new SessionOptions(builder);
    }

    /** Returns the transport that sends the requests. */
    public Transport transport() {
        return transport;
    }

    /** Returns the hooks; {@link SessionHooks#NONE} by default. */
    public SessionHooks hooks() {
        return hooks;
    }

    /** Returns the listener; {@link SessionListener#NONE} by default. */
    public SessionListener listener() {
        return listener;
    }

    /** Returns the observer of calls; {@link CallObserver#NONE} by default. */
    public CallObserver observer() {
        return observer;
    }

    /** Returns the store, or null to keep the session in memory only. */
    public @Nullable SessionStore store() {
        return store;
    }

    /** Returns the identity resolver, or null for the default of {@link Builder#identity}. */
    public @Nullable IdentityResolver identity() {
        return identity;
    }

    /** Returns the limit on how often an identifier may sign in. */
    public SignInLimit signInLimit() {
        return signInLimit;
    }

    /** Returns the subset of these options that the internal packages need. */
    SessionContext context() {
        return context;
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.transport = transport;
        builder.hooks = hooks;
        builder.listener = listener;
        builder.observer = observer;
        builder.store = store;
        builder.identity = identity;
        builder.signInLimit = signInLimit;
        builder.authFactor = authFactor;
        builder.logoutOnClose = logoutOnClose;
        builder.clock = clock;
        return builder;
    }

    /** Returns the function that prompts for a second factor's code, or null if there is none. */
    public @Nullable Function<? super AuthFactorRequiredException, @Nullable String> authFactor() {
        return authFactor;
    }

    /**
     * Returns whether {@link PasswordSession#close} logs out, or null for the default of {@link Builder#logoutOnClose}.
     */
    public @Nullable Boolean logoutOnClose() {
        return logoutOnClose;
    }

    /** Returns the clock; the system clock by default. */
    public Clock clock() {
        return clock;
    }

    @Override
    public String toString() {
        return "SessionOptions[transport=" + transport + ", store=" + store + ", hooks="
                + (hooks == SessionHooks.NONE ? "none" : hooks.getClass().getName()) + ", listener="
                + (listener == SessionListener.NONE
                        ? "none"
                        : listener.getClass().getName())
                + ", signInLimit=" + signInLimit + ", logoutOnClose=" + logoutOnClose + "]";
    }

    /** Builds {@link SessionOptions}. */
    public static final class Builder {
        private @Nullable Transport transport;
        private SessionHooks hooks = SessionHooks.NONE;
        private SessionListener listener = SessionListener.NONE;
        private CallObserver observer = CallObserver.NONE;
        private @Nullable SessionStore store;
        private @Nullable IdentityResolver identity;
        private SignInLimit signInLimit = SignInLimit.DEFAULT;
        private @Nullable Function<? super AuthFactorRequiredException, @Nullable String> authFactor;
        private @Nullable Boolean logoutOnClose;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets the transport that sends the requests; {@link Transport#jdk()} by default. It defines the proxy, TLS,
         * time limits and {@code User-Agent}. The session uses it to sign in, to refresh and, by default, to look up
         * the account's server. A {@code Bluesky} based on the session uses it for cards and videos.
         */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** Sets the hooks, for programs that save sessions themselves; none by default. */
        public Builder hooks(SessionHooks hooks) {
            this.hooks = Objects.requireNonNull(hooks, "hooks");
            return this;
        }

        /** Sets the listener, for logs and metrics; none by default. */
        public Builder listener(SessionListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets the resolver that looks up an account's server after its session is rejected, so that an
         * {@link AccountMigratedException} can report the new server. The default is a resolver that uses the session's
         * transport. If the host name of the session's server is private, there is no default: the account is
         * looked up only if a resolver is set here.
         */
        public Builder identity(IdentityResolver identity) {
            this.identity = Objects.requireNonNull(identity, "identity");
            return this;
        }

        /**
         * Sets the observer of calls, for metrics and traces; none by default. It observes the calls made by all
         * clients of the session, and the session's own calls: signing in, refreshing and logging out.
         */
        public Builder observer(CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Sets the limit on how often {@link PasswordSession#open} may sign in; {@link SignInLimit#DEFAULT} by default.
         */
        public Builder signInLimit(SignInLimit limit) {
            this.signInLimit = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Sets the store. The session is saved to the store whenever it changes, and deleted from the store when it
         * ends. By default, sessions exist only in memory.
         */
        public Builder store(SessionStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets the function that prompts for a second factor's code. It receives the server's message and returns the
         * code, or null to give up. Without this function, signing in throws {@link AuthFactorRequiredException}.
         */
        public Builder authFactor(Function<? super AuthFactorRequiredException, @Nullable String> authFactor) {
            this.authFactor = Objects.requireNonNull(authFactor, "authFactor");
            return this;
        }

        /**
         * Sets whether {@link PasswordSession#close} logs out. The default is true if the session can't be resumed
         * later: it was created by signing in, has no store, and its hooks are {@link SessionHooks#NONE}.
         */
        public Builder logoutOnClose(boolean logout) {
            this.logoutOnClose = logout;
            return this;
        }

        /**
         * Sets the clock that decides whether tokens have expired and when a failed refresh, save or logout is retried.
         * The default is the system clock. Time limits and delays within a call are measured with {@link
         * System#nanoTime}.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Returns the options. */
        public SessionOptions build() {
            return new SessionOptions(this);
        }
    }
}
