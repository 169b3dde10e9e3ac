package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.ReadProblem;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options for a call. An option that isn't set here is taken from the client's defaults. If it isn't set there either,
 * it has the default value that its setter documents.
 */
public final class CallOptions {
    /** Options with nothing set. */
    public static final CallOptions DEFAULTS = new CallOptions(new CallSettings());

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final CallSettings set;

    CallOptions(CallSettings settings) {
        this.set = settings;
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder(new CallSettings());
    }

    /** Returns options configured by the function. */
    public static CallOptions of(Consumer<? super Builder> options) {
        Builder builder = builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        return new Builder(set.copy());
    }

    /**
     * Returns these options, with unset options taken from {@code others}. Headers are merged; if both set the same
     * header, these options win.
     */
    public CallOptions orElse(CallOptions others) {
        return this == DEFAULTS ? others : new Builder(set.orElse(others.set)).build();
    }

    /** Returns the headers to send. */
    public HttpHeaders headers() {
        return set.headers;
    }

    /** Returns the service to proxy to: empty if proxying is turned off, null if not set. */
    public @Nullable String proxy() {
        return set.proxy;
    }

    /** Returns the requested labelers, or null if not set or turned off. */
    public @Nullable Set<Did> labelers() {
        return set.labelers;
    }

    /** Returns the labelers that the app requests on every call, or null if not set. */
    public @Nullable Set<Did> appLabelers() {
        return set.appLabelers;
    }

    /** Returns the time limit for the whole call. */
    public Duration timeout() {
        return set.timeout == null ? DEFAULT_TIMEOUT : set.timeout;
    }

    /** Returns the maximum size of the response's body, in bytes after decompression. */
    public long maxResponseBytes() {
        return set.maxResponseBytes == null ? TransportRequest.DEFAULT_MAX_RESPONSE_BYTES : set.maxResponseBytes;
    }

    /** Returns the media type of a binary body, or null if not set. */
    public @Nullable String encoding() {
        return set.encoding;
    }

    /** Returns whether the input is validated against its schema before it is sent. */
    public boolean validateRequest() {
        return set.validateRequest != null && set.validateRequest;
    }

    /** Returns whether the response is validated against its schema. */
    public boolean validateResponse() {
        return set.validateResponse == null || set.validateResponse;
    }

    /** Returns whether responses that violate the data model are rejected. */
    public boolean strict() {
        return set.strict != null && set.strict;
    }

    /** Returns how invalid array elements in responses are handled. */
    public InvalidItems invalidItems() {
        return set.invalidItems == null ? InvalidItems.FAIL : set.invalidItems;
    }

    /** Returns the listener for skipped elements, or null if not set. */
    public @Nullable Consumer<? super ReadProblem> onProblem() {
        return set.onProblem;
    }

    /** Returns the maximum nesting depth of a response. */
    public int maxDepth() {
        return set.maxDepth == null ? ReadOptions.DEFAULT_MAX_DEPTH : set.maxDepth;
    }

    /** Returns the retry options. */
    public RetryOptions retries() {
        return set.retries == null ? RetryOptions.DEFAULTS : set.retries;
    }

    /** Returns whether creates of records are safe to repeat. */
    public boolean idempotentCreates() {
        return set.idempotentCreates != null && set.idempotentCreates;
    }

    /** Returns the settings, which must not be changed. */
    CallSettings settings() {
        return set;
    }

    /** Returns the options that are set, without credentials. */
    @Override
    public String toString() {
        return set.toString();
    }

    /** Builds {@link CallOptions}. Not thread-safe. */
    public static final class Builder {
        private final CallSettings set;

        private Builder(CallSettings settings) {
            this.set = settings;
        }

        /**
         * Sets a request header. Don't set {@code Authorization}, {@code Accept} or {@code Content-Type}: they come
         * from the agent, the method and the body. Setting {@code atproto-proxy} is equivalent to calling
         * {@link #proxy}. Labelers in {@code atproto-accept-labelers} are sent after those set by the other options.
         *
         * @throws IllegalArgumentException if the name or value isn't valid in a header
         */
        public Builder header(String name, String value) {
            if (name.equalsIgnoreCase("atproto-proxy")) {
                return proxy(value.strip());
            }
            set.headers = set.headers.toBuilder().set(name, value).build();
            return this;
        }

        /**
         * Sets the service that the account's server proxies the call to, with the {@code atproto-proxy} header. By
         * default, calls aren't proxied.
         *
         * @param service a DID and the ID of a service in its document, such as {@code did:web:api.bsky.chat#bsky_chat}
         * @throws IllegalArgumentException if it doesn't have this form
         * @see <a href="https://atproto.com/specs/xrpc#service-proxying">XRPC: service proxying</a>
         */
        public Builder proxy(String service) {
            int hash = service.indexOf('#');
            if (hash < 0
                    || hash == service.length() - 1
                    || service.indexOf('#', hash + 1) >= 0
                    || !Did.isValid(service.substring(0, hash))) {
                throw new IllegalArgumentException(
                        "proxy must be a service such as did:web:api.bsky.chat#bsky_chat (got \"" + service + "\")");
            }
            set.proxy = service;
            return this;
        }

        /** Turns off proxying, even if the client's defaults set it. */
        public Builder noProxy() {
            set.proxy = "";
            return this;
        }

        /**
         * Sets the labelers to request, in addition to the app's labelers and those in a header. They replace the
         * labelers in the client's defaults. By default, no labelers are requested.
         *
         * @see <a href="https://atproto.com/specs/label">Labels</a>
         */
        public Builder labelers(Collection<Did> labelers) {
            set.noLabelers = false;
            set.labelers = Collections.unmodifiableSet(new LinkedHashSet<>(labelers));
            return this;
        }

        /** Like {@link #labelers(Collection)}. */
        public Builder labelers(Did... labelers) {
            return labelers(List.of(labelers));
        }

        /** Requests only the app's labelers, even if the client's defaults or headers set others. */
        public Builder noLabelers() {
            set.noLabelers = true;
            set.labelers = null;
            return this;
        }

        /**
         * Sets the labelers that the app requests on every call. Their takedown labels redact content. By default,
         * there are none.
         */
        public Builder appLabelers(Collection<Did> labelers) {
            set.appLabelers = Collections.unmodifiableSet(new LinkedHashSet<>(labelers));
            return this;
        }

        /**
         * Sets the time limit for the whole call, including retries, token refreshes and waits. The default is 60 s.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout must be positive (got " + timeout + ")");
            }
            set.timeout = timeout;
            return this;
        }

        /**
         * Sets the maximum size of the response's body, in bytes after decompression. The default is 16 MiB.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder maxResponseBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxResponseBytes must be positive (got " + bytes + ")");
            }
            set.maxResponseBytes = bytes;
            return this;
        }

        /**
         * Sets the media type of a binary body. The default is the method's media type. If the method accepts several,
         * the type is detected from the body's first bytes or its file name. The fallback is
         * {@code application/octet-stream} if the method accepts any type, and {@code text/plain; charset=utf-8} if it
         * accepts any text.
         *
         * <p>The call fails with an {@link XrpcRequestException} before anything is sent if the type is invalid or is a
         * range ({@code image/*}), if the method doesn't accept the type, if no type is set or detected, or if the call
         * has no body.
         */
        public Builder encoding(String mediaType) {
            set.encoding = Objects.requireNonNull(mediaType, "mediaType");
            return this;
        }

        /**
         * Sets whether the input is validated before it is sent. The default is false, because the server validates it
         * anyway.
         */
        public Builder validateRequest(boolean validate) {
            set.validateRequest = validate;
            return this;
        }

        /**
         * Sets whether the response is validated against its schema. The default is true. If false, any JSON object is
         * accepted. A value of the wrong type is then read as absent; the original is available from
         * {@link dev.atlex.schema.LexObject#unknownFields()}. A required field that is read as absent is null, 0 or
         * false, so check for null even if the field's type isn't nullable.
         */
        public Builder validateResponse(boolean validate) {
            set.validateResponse = validate;
            return this;
        }

        /**
         * Sets whether a response that violates the data model is rejected. The default is false. Lenient reading,
         * described at {@link ReadOptions}, preserves numbers that aren't 53-bit integers, malformed links and blobs,
         * and invalid {@code $type}s. It reads a null in an optional field as absent. Schema constraints are checked
         * either way.
         */
        public Builder strict(boolean strict) {
            set.strict = strict;
            return this;
        }

        /**
         * Sets how invalid array elements in a response are handled. By default, the call fails. Bots that read other
         * people's records should use {@link InvalidItems#SKIP}, so that one invalid post doesn't make its page
         * unreadable. Backups should keep the default, so that no element is dropped. In nested arrays, only the
         * invalid element of the innermost array is dropped. Limits on an array's length apply before elements are
         * dropped.
         */
        public Builder invalidItems(InvalidItems invalidItems) {
            set.invalidItems = Objects.requireNonNull(invalidItems, "invalidItems");
            return this;
        }

        /**
         * Sets a listener for {@link XrpcResponse#problems()}, for methods that return only bodies or pages, such as
         * {@link Client#pages}. It runs on the calling thread. If the listener throws an exception, the call fails with
         * that exception.
         */
        public Builder onProblem(Consumer<? super ReadProblem> listener) {
            set.onProblem = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets the maximum nesting depth of a response. The default is
         * {@value ReadOptions#DEFAULT_MAX_DEPTH}.
         *
         * @throws IllegalArgumentException if it isn't between 1 and {@value ReadOptions#MAX_DEPTH}
         */
        public Builder maxDepth(int levels) {
            set.maxDepth = ReadOptions.LENIENT.withMaxDepth(levels).maxDepth();
            return this;
        }

        /** Sets the retry options. By default, nothing is retried. */
        public Builder retries(RetryOptions retries) {
            set.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /**
         * Allows up to this many retries of calls that are safe to repeat; see {@link RetryOptions}.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder retries(int maxRetries) {
            return retries(RetryOptions.of(maxRetries));
        }

        /** Like {@link #retries(RetryOptions)}, but configures the options inline. */
        public Builder retries(Consumer<? super RetryOptions.Builder> options) {
            return retries(RetryOptions.of(options));
        }

        /**
         * Sets whether record creation is idempotent, so that a retry after a lost response can't post twice. The
         * default is false. This applies to {@link Client#create}, {@link Client#createRecord} and
         * {@link Client#applyWrites}; other calls ignore it.
         *
         * <pre>{@code
         * Client once = client.with(o -> o.idempotentCreates(true));
         * once.create(Post.RECORD, p -> p.text("Good morning!").createdAt(Datetime.now()));
         * }</pre>
         *
         * <p>If the server would choose the record's key, the client chooses a {@link dev.atlex.syntax.Tid} instead,
         * which all attempts share. The create is retried like a query, and also if a successful response is invalid:
         * up to 3 times, unless {@link #retries(RetryOptions)} is set here or in the client's defaults. A retry after
         * an unknown outcome first checks whether the record exists. If it exists with the same value, the create
         * succeeds; the result has the URI and the CID, but no {@code commit} or {@code validationStatus}. If the value
         * differs, the create fails with a {@link RecordConflictException}.
         *
         * <p>The same applies if you set the key, or if the record type allows only one key. In that case, the record
         * may have existed before the call. So the client also checks for it if the server refuses the first attempt
         * with status 400, 409 or 500. If an equal record exists, the create succeeds. The reference server doesn't
         * refuse a like, follow or block that exists: it creates the record again under the same key.
         *
         * <p>All of this happens within the call's time limit. If time or retries run out while the outcome is unknown,
         * the call throws the failure that left it unknown. To be able to retry later, even from another process,
         * generate a key with {@code Tid.next().toRecordKey()}, save it, and set it on each attempt.
         *
         * <p>A call to {@code applyWrites} is retried the same way if all of its writes are creates. If it contains
         * other writes, this option has no effect.
         */
        public Builder idempotentCreates(boolean idempotent) {
            set.idempotentCreates = idempotent;
            return this;
        }

        /** Builds the options. */
        public CallOptions build() {
            CallSettings built = set.copy();
            if (built.noLabelers) {
                built.headers =
                        built.headers.toBuilder().remove(CallSettings.LABELERS).build();
            }
            return new CallOptions(built);
        }
    }
}
