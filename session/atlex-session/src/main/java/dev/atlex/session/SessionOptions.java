package dev.atlex.session;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.store.SessionStore;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a session behaves. What is not set is as documented at each setter. */
public final class SessionOptions {
    /** Nothing set. */
    public static final SessionOptions DEFAULTS = of(options -> {});

    private final Transport transport;
    private final SessionHooks hooks;
    private final SessionListener listener;
    private final @Nullable SessionStore store;
    private final @Nullable IdentityResolver identity;
    private final SignInLimit signInLimit;
    private final @Nullable Function<? super AuthFactorRequiredException, @Nullable String> authFactor;
    private final @Nullable Boolean logoutOnClose;
    private final TimeSource timing;

    private SessionOptions(Builder builder) {
        this.transport = builder.transport == null ? Transport.jdk() : builder.transport;
        this.hooks = builder.hooks;
        this.listener = builder.listener;
        this.store = builder.store;
        this.identity = builder.identity;
        this.signInLimit = builder.signInLimit;
        this.authFactor = builder.authFactor;
        this.logoutOnClose = builder.logoutOnClose;
        this.timing = builder.timing;
    }

    /** The options that the function sets. */
    public static SessionOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new SessionOptions(builder);
    }

    Transport transport() {
        return transport;
    }

    SessionHooks hooks() {
        return hooks;
    }

    SessionListener listener() {
        return listener;
    }

    @Nullable
    SessionStore store() {
        return store;
    }

    @Nullable
    IdentityResolver identity() {
        return identity;
    }

    SignInLimit signInLimit() {
        return signInLimit;
    }

    /** The same with another store. */
    SessionOptions withStore(SessionStore other) {
        return new SessionOptions(toBuilder().store(other));
    }

    /** The same as a builder. */
    Builder toBuilder() {
        Builder builder = new Builder();
        builder.transport = transport;
        builder.hooks = hooks;
        builder.listener = listener;
        builder.store = store;
        builder.identity = identity;
        builder.signInLimit = signInLimit;
        builder.authFactor = authFactor;
        builder.logoutOnClose = logoutOnClose;
        builder.timing = timing;
        return builder;
    }

    @Nullable
    Function<? super AuthFactorRequiredException, @Nullable String> authFactor() {
        return authFactor;
    }

    @Nullable
    Boolean logoutOnClose() {
        return logoutOnClose;
    }

    TimeSource timing() {
        return timing;
    }

    /** Makes {@link SessionOptions}. */
    public static final class Builder {
        private @Nullable Transport transport;
        private SessionHooks hooks = SessionHooks.NONE;
        private SessionListener listener = SessionListener.NONE;
        private @Nullable SessionStore store;
        private @Nullable IdentityResolver identity;
        private SignInLimit signInLimit = SignInLimit.DEFAULT;
        private @Nullable Function<? super AuthFactorRequiredException, @Nullable String> authFactor;
        private @Nullable Boolean logoutOnClose;
        private TimeSource timing = TimeSource.SYSTEM;

        private Builder() {}

        /** What sends the requests; by default {@link Transport#jdk()}. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** Who is told of what happens; by default nobody. */
        public Builder hooks(SessionHooks hooks) {
            this.hooks = Objects.requireNonNull(hooks, "hooks");
            return this;
        }

        /** Who is told of events, for logs and metrics; by default nobody. */
        public Builder listener(SessionListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * What tells where an account is when its server knows the session no more, so that an
         * {@link AccountMigratedException} can name the new host. By default {@link IdentityResolver#create()}, but for
         * servers that are on a private network by their name: those are asked about only with a resolver of your own.
         */
        public Builder identity(IdentityResolver identity) {
            this.identity = Objects.requireNonNull(identity, "identity");
            return this;
        }

        /** How often {@link PasswordSession#open} may sign in; by default {@link SignInLimit#DEFAULT}. */
        public Builder signInLimit(SignInLimit budget) {
            this.signInLimit = Objects.requireNonNull(budget, "budget");
            return this;
        }

        /** Where the session is saved whenever it changes, and removed when it is over; by default nowhere. */
        public Builder store(SessionStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Supplies the code of a second factor when signing in needs one: is given what the server says, and answers the
         * code, or null to give up. By default signing in fails with the {@link AuthFactorRequiredException}.
         */
        public Builder authFactor(Function<? super AuthFactorRequiredException, @Nullable String> authFactor) {
            this.authFactor = Objects.requireNonNull(authFactor, "authFactor");
            return this;
        }

        /**
         * Whether {@link PasswordSession#close} logs out. By default it does where the session could not be resumed
         * anyway: it was signed in, has no store, and its hooks are {@link SessionHooks#NONE}.
         */
        public Builder logoutOnClose(boolean logout) {
            this.logoutOnClose = logout;
            return this;
        }

        Builder timing(TimeSource timing) {
            this.timing = timing;
            return this;
        }
    }
}
