package dev.atlex.streams;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.streams.internal.tap.AdminPassword;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options for a Tap, for {@link TapClient} and {@link TapWebhook}. Immutable. */
public final class TapOptions {
    /** The defaults. They specify no service. */
    public static final TapOptions DEFAULTS = new TapOptions(new Builder());

    private final StreamOptions stream;
    private final @Nullable AdminPassword password;
    private final boolean acknowledge;
    private final Duration timeout;

    private TapOptions(Builder builder) {
        this.stream = builder.stream.build();
        this.password = builder.password;
        this.acknowledge = builder.acknowledge;
        this.timeout = builder.timeout;
        URI service = stream.service();
        if (password != null && service != null && !AdminPassword.maySendTo(service)) {
            throw new IllegalArgumentException("adminPassword: a password is sent only over https, or to this machine "
                    + "(got a service on " + service.getHost() + "); use an https URL");
        }
    }

    /**
     * Creates options.
     *
     * @throws IllegalArgumentException if there is a password, and the service is neither an https URL nor on this machine
     */
    public static TapOptions of(java.util.function.Consumer<? super Builder> options) {
        Builder builder = DEFAULTS.toBuilder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the URL of the Tap, with the scheme ws or wss, or null if it isn't set. */
    public @Nullable URI service() {
        return stream.service();
    }

    /** Returns whether an admin password is set. */
    public boolean hasAdminPassword() {
        return password != null;
    }

    /** Returns the transport. */
    public JdkTransport transport() {
        return stream.transport();
    }

    /** Returns the time limit for requests. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns whether finished events are acknowledged. */
    public boolean acknowledge() {
        return acknowledge;
    }

    /** Returns the policy for events whose handler failed. */
    public Function<? super FailedEvent, Failure> onFailure() {
        return stream.onFailure();
    }

    /** Returns the callback for skipped events. */
    public java.util.function.Consumer<? super FailedEvent> onSkipped() {
        return stream.onSkipped();
    }

    /** Returns the listener. */
    public StreamListener listener() {
        return stream.listener();
    }

    /** Returns the limit on the total size of events that are queued or being handled, in bytes. */
    public long bufferBytes() {
        return stream.bufferBytes();
    }

    StreamOptions stream() {
        return stream;
    }

    @Nullable
    AdminPassword password() {
        return password;
    }

    /** Returns the options without the password. */
    @Override
    public String toString() {
        return "TapOptions[service=" + service() + ", adminPassword=" + (hasAdminPassword() ? "[redacted]" : "none")
                + ", timeout=" + timeout + ", acknowledge=" + acknowledge + ", bufferBytes=" + bufferBytes() + "]";
    }

    /** Builds {@link TapOptions}. Not thread-safe. */
    public static final class Builder {
        private final StreamOptions.Builder stream;
        private @Nullable AdminPassword password;
        private boolean acknowledge = true;
        private Duration timeout = Duration.ofSeconds(30);

        private Builder() {
            this.stream = StreamOptions.DEFAULTS.toBuilder();
        }

        private Builder(TapOptions from) {
            this.stream = from.stream.toBuilder();
            this.password = from.password;
            this.acknowledge = from.acknowledge;
            this.timeout = from.timeout;
        }

        /**
         * Sets the URL of the Tap, such as {@code http://localhost:2480}. A path is ignored.
         *
         * @throws IllegalArgumentException if it isn't a ws, wss, http or https URL, or contains a user name or
         *     password
         */
        public Builder service(String service) {
            stream.service(service);
            return this;
        }

        /** Sets the admin password of the Tap ({@code TAP_ADMIN_PASSWORD}). By default, there is none. */
        public Builder adminPassword(String password) {
            this.password = new AdminPassword(password);
            return this;
        }

        /**
         * Sets the transport, for its proxy, TLS settings and {@code User-Agent}. The default is the shared transport.
         */
        public Builder transport(JdkTransport transport) {
            stream.transport(transport);
            return this;
        }

        /**
         * Sets the time limit for requests, such as {@link TapClient#addRepos}. The default is 30 s.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout: must be positive (got " + timeout + ")");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets whether finished events are acknowledged, which is the default. Turn it off if the Tap doesn't expect
         * acknowledgments ({@code TAP_DISABLE_ACKS}). It then forgets an event as soon as it has sent it, so events are
         * lost when a connection breaks or the program ends.
         */
        public Builder acknowledge(boolean acknowledge) {
            this.acknowledge = acknowledge;
            return this;
        }

        /** Sets the policy for events whose handler throws an exception. The default is {@link Failure#STOP}. */
        public Builder onFailure(Failure failure) {
            stream.onFailure(failure);
            return this;
        }

        /**
         * Like {@link #onFailure(Failure)}, with a function that decides for each failure: for example, to retry three
         * times and then skip. An event that is skipped is acknowledged. One that stops the stream isn't.
         */
        public Builder onFailure(Function<? super FailedEvent, Failure> onFailure) {
            stream.onFailure(onFailure);
            return this;
        }

        /**
         * Sets the callback for skipped events and for messages that can't be decoded, with their bytes. It is called on
         * the handler's thread. The default logs a warning.
         */
        public Builder onSkipped(java.util.function.Consumer<? super FailedEvent> onSkipped) {
            stream.onSkipped(onSkipped);
            return this;
        }

        /** Sets the listener. */
        public Builder listener(StreamListener listener) {
            stream.listener(listener);
            return this;
        }

        /**
         * Sets the limit on the total size of the messages whose events are queued or being handled, in bytes: at least
         * 1, 4 MiB by default. At this limit, the Tap has to wait.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder bufferBytes(long bytes) {
            stream.bufferBytes(bytes);
            return this;
        }

        /**
         * Builds the options.
         *
         * @throws IllegalArgumentException if there is a password, and the service is neither an https URL nor on this
         *     machine
         */
        public TapOptions build() {
            return new TapOptions(this);
        }
    }
}
