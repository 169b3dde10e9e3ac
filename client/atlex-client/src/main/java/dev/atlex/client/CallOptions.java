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
 * How a call is made. A setting that is not set here follows the client's defaults; one that is not set there either has the
 * default that its setter documents.
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

    /** Returns the options that the function sets. */
    public static CallOptions of(Consumer<? super Builder> options) {
        Builder builder = builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        return new Builder(set.copy());
    }

    /** Returns these options, completed by the others. Headers of both are sent; these win if the names are equal. */
    public CallOptions orElse(CallOptions others) {
        return this == DEFAULTS ? others : new Builder(set.orElse(others.set)).build();
    }

    /** Returns the headers to send. */
    public HttpHeaders headers() {
        return set.headers;
    }

    /** Returns the service to proxy to: empty for explicitly none, null if not set. */
    public @Nullable String proxy() {
        return set.proxy;
    }

    /** Returns the labelers to ask for; null if not set, or explicitly none. */
    public @Nullable Set<Did> labelers() {
        return set.labelers;
    }

    /** Returns the labelers that the app always asks for, or null if not set. */
    public @Nullable Set<Did> appLabelers() {
        return set.appLabelers;
    }

    /** Returns the time limit of the whole call. */
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

    /** Returns whether the input is checked against its schema before it is sent. */
    public boolean validateRequest() {
        return set.validateRequest != null && set.validateRequest;
    }

    /** Returns whether the response is checked against its schema. */
    public boolean validateResponse() {
        return set.validateResponse == null || set.validateResponse;
    }

    /** Returns whether responses that break the data model are refused. */
    public boolean strict() {
        return set.strict != null && set.strict;
    }

    /** Returns how to handle invalid elements of arrays. */
    public InvalidItems invalidItems() {
        return set.invalidItems == null ? InvalidItems.FAIL : set.invalidItems;
    }

    /** Returns the listener for elements that are left out, or null if there is none. */
    public @Nullable Consumer<? super ReadProblem> onProblem() {
        return set.onProblem;
    }

    /** Returns the maximum nesting depth of a response. */
    public int maxDepth() {
        return set.maxDepth == null ? ReadOptions.DEFAULT_MAX_DEPTH : set.maxDepth;
    }

    /** Returns whether and when failures are retried. */
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

    /** Returns the settings that are set, without credentials. */
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
         * Sets a header. The agent sets {@code Authorization}, the method {@code Accept}, and the body
         * {@code Content-Type}. {@code atproto-proxy} has the effect of {@link #proxy}. The labelers of
         * {@code atproto-accept-labelers} are sent after those of the options.
         *
         * @throws IllegalArgumentException if the name or value is not valid in a header
         */
        public Builder header(String name, String value) {
            if (name.equalsIgnoreCase("atproto-proxy")) {
                return proxy(value.strip());
            }
            set.headers = set.headers.toBuilder().set(name, value).build();
            return this;
        }

        /**
         * Sets the service that the account's server proxies the call to, by the header {@code atproto-proxy}. The default
         * is none.
         *
         * @param service a DID and the service's ID in its document: {@code did:web:api.bsky.chat#bsky_chat}
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
                        "not a service: \"" + service + "\" (as in did:web:api.bsky.chat#bsky_chat)");
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
         * Sets the labelers to ask for, besides those of the app and of a header. They replace the client's default ones.
         * The default is none.
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

        /** Asks for no labelers but those of the app, even if the client's defaults or headers set some. */
        public Builder noLabelers() {
            set.noLabelers = true;
            set.labelers = null;
            return this;
        }

        /** Sets the labelers that the app always asks for; their takedown labels redact. The default is none. */
        public Builder appLabelers(Collection<Did> labelers) {
            set.appLabelers = Collections.unmodifiableSet(new LinkedHashSet<>(labelers));
            return this;
        }

        /**
         * Sets the time limit of the whole call, including retries and waits. The default is 60 s.
         *
         * @throws IllegalArgumentException if it is not positive
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
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxResponseBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxResponseBytes must be positive (got " + bytes + ")");
            }
            set.maxResponseBytes = bytes;
            return this;
        }

        /**
         * Sets the media type of a binary body. By default, it is the one that the method names. If the method accepts
         * several, it is guessed from the body's first bytes or its file name. If that fails, it is
         * {@code text/plain; charset=utf-8} or {@code application/octet-stream}.
         *
         * <p>The call fails with an {@link XrpcRequestException} before anything is sent if the method doesn't accept the
         * type, if it is a range ({@code image/*}) or invalid, or if the call has no body.
         */
        public Builder encoding(String mediaType) {
            set.encoding = Objects.requireNonNull(mediaType, "mediaType");
            return this;
        }

        /**
         * Sets whether the input is checked against its schema before it is sent. The default is false, because the
         * server checks it too.
         */
        public Builder validateRequest(boolean validate) {
            set.validateRequest = validate;
            return this;
        }

        /**
         * Sets whether the response is checked against its schema. The default is true. If false, any JSON object is
         * accepted. A value of the wrong kind then reads as absent, or as null if it is required, and stays in {@link dev.atlex.schema.LexObject#unknownFields()}. So check for null even in fields
         * that are never null according to their types. A body that is not an object still fails the call.
         */
        public Builder validateResponse(boolean validate) {
            set.validateResponse = validate;
            return this;
        }

        /**
         * Sets whether a response that breaks the data model is refused. The default is false. {@link ReadOptions} describes
         * lenient reading: it keeps numbers that are not 53-bit integers, malformed links and blobs, and odd types, and
         * reads a null in an optional field as absent. The constraints of the schema are checked either way.
         */
        public Builder strict(boolean strict) {
            set.strict = strict;
            return this;
        }

        /**
         * Sets what happens to invalid elements of arrays in a response. By default, the call fails. Use {@link InvalidItems#SKIP}
         * in bots that read other people's records, so one bad post doesn't make its page unreadable. Keep the default in
         * backups: it loses nothing silently. In nested arrays, the innermost leaves its element out. Limits on an
         * array's length count the elements that the server sent, including those left out.
         */
        public Builder invalidItems(InvalidItems invalidItems) {
            set.invalidItems = Objects.requireNonNull(invalidItems, "invalidItems");
            return this;
        }

        /**
         * Sets a listener for {@link XrpcResponse#problems()}, for calls that return only the body, or pages, such as
         * {@link Client#pages}. It runs on the calling thread, and an exception that it throws ends the call.
         */
        public Builder onProblem(Consumer<? super ReadProblem> listener) {
            set.onProblem = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets how deeply arrays and objects of a response may be nested. The default is
         * {@value ReadOptions#DEFAULT_MAX_DEPTH}.
         *
         * @throws IllegalArgumentException if it is not from 1 to {@value ReadOptions#MAX_DEPTH}
         */
        public Builder maxDepth(int levels) {
            set.maxDepth = ReadOptions.LENIENT.withMaxDepth(levels).maxDepth();
            return this;
        }

        /** Sets whether and when failures are retried. The default is never. */
        public Builder retries(RetryOptions retries) {
            set.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /**
         * Allows this many retries of calls that are safe to repeat; see {@link RetryOptions}.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder retries(int maxRetries) {
            return retries(RetryOptions.of(maxRetries));
        }

        /** Like {@link #retries(RetryOptions)}, with the options that the function sets. */
        public Builder retries(Consumer<? super RetryOptions.Builder> options) {
            return retries(RetryOptions.of(options));
        }

        /**
         * Sets whether creates of records are safe to repeat, so that a retry after a lost response can't post twice. The
         * default is false. It applies to {@link Client#create}, {@link Client#createRecord} and
         * {@link Client#applyWrites}; other calls ignore it.
         *
         * <pre>{@code
         * Client once = client.with(o -> o.idempotentCreates(true));
         * once.create(Post.RECORD, p -> p.text("Good morning!").createdAt(Datetime.now()));
         * }</pre>
         *
         * <p>If the server would choose the record's key, the client chooses a {@link dev.atlex.syntax.Tid} instead: the same
         * for all attempts. The create is then retried like a query, and also after an invalid response: up to 3 times,
         * unless {@link #retries(RetryOptions)} is set here or in the client's defaults. Each retry first checks whether the
         * record exists. If it has the same value, the create has succeeded; the result has the URI and the CID but neither
         * {@code commit} nor {@code validationStatus}. If the value differs, the create fails with
         * {@link RecordConflictException}.
         *
         * <p>The same applies if the key is given, or is the only one that the type has. Then the record may have existed
         * before, so a refusal of the first attempt (status 400, 409 or 500) is checked as well: creating a
         * record that already exists succeeds. The reference server does not refuse likes, follows and blocks. It creates them again, under the
         * same key.
         *
         * <p>All of this happens within the time limit of the call. If time or retries run out, the failure says that the
         * outcome is unknown. To continue later, even in another process, give the record a key,
         * {@code Tid.next().toRecordKey()}, and keep it.
         *
         * <p>An {@code applyWrites} is retried in the same way if all of its writes are creates and at least one has no key.
         * With other writes among them, this option has no effect.
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
