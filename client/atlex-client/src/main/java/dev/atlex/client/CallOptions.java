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
 * How a call is made. What is not set here is as the client's own defaults say, and what is not set there as documented
 * at each setter.
 */
public final class CallOptions {
    /** Nothing set. */
    public static final CallOptions DEFAULTS = builder().build();

    private static final String PROXY = "atproto-proxy";
    private static final String LABELERS = "atproto-accept-labelers";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final HttpHeaders headers;
    private final @Nullable String proxy;
    private final @Nullable Set<Did> labelers;
    private final boolean noLabelers;
    private final @Nullable Set<Did> appLabelers;
    private final @Nullable Duration timeout;
    private final @Nullable Long maxResponseBytes;
    private final @Nullable String encoding;
    private final @Nullable Boolean validateRequest;
    private final @Nullable Boolean validateResponse;
    private final @Nullable Boolean strict;
    private final @Nullable InvalidItems invalidItems;
    private final @Nullable Consumer<? super ReadProblem> onProblem;
    private final @Nullable Integer maxDepth;
    private final @Nullable RetryOptions retries;
    private final @Nullable Boolean idempotentCreates;

    private CallOptions(Builder builder) {
        HttpHeaders all = builder.headers.build();
        this.headers = builder.noLabelers ? all.toBuilder().remove(LABELERS).build() : all;
        this.proxy = builder.proxy;
        this.labelers = builder.labelers;
        this.noLabelers = builder.noLabelers;
        this.appLabelers = builder.appLabelers;
        this.timeout = builder.timeout;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.encoding = builder.encoding;
        this.validateRequest = builder.validateRequest;
        this.validateResponse = builder.validateResponse;
        this.strict = builder.strict;
        this.invalidItems = builder.invalidItems;
        this.onProblem = builder.onProblem;
        this.maxDepth = builder.maxDepth;
        this.retries = builder.retries;
        this.idempotentCreates = builder.idempotentCreates;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The options that the function sets. */
    public static CallOptions of(Consumer<? super Builder> options) {
        Builder builder = builder();
        options.accept(builder);
        return builder.build();
    }

    /** A builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.headers = headers.toBuilder();
        builder.proxy = proxy;
        builder.labelers = labelers;
        builder.noLabelers = noLabelers;
        builder.appLabelers = appLabelers;
        builder.timeout = timeout;
        builder.maxResponseBytes = maxResponseBytes;
        builder.encoding = encoding;
        builder.validateRequest = validateRequest;
        builder.validateResponse = validateResponse;
        builder.strict = strict;
        builder.invalidItems = invalidItems;
        builder.onProblem = onProblem;
        builder.maxDepth = maxDepth;
        builder.retries = retries;
        builder.idempotentCreates = idempotentCreates;
        return builder;
    }

    /** These options, and where they say nothing, the others. Headers of both are sent; of one name, these. */
    public CallOptions orElse(CallOptions others) {
        if (this == DEFAULTS) {
            return others;
        }
        Builder merged = toBuilder();
        HttpHeaders.Builder all = others.headers.toBuilder();
        headers.names().forEach(all::remove);
        headers.forEach(all::add);
        merged.headers = all;
        merged.proxy = proxy == null ? others.proxy : proxy;
        if (!noLabelers) {
            merged.labelers = labelers == null ? others.labelers : labelers;
            merged.noLabelers = others.noLabelers && labelers == null && headers.first(LABELERS) == null;
        }
        merged.appLabelers = appLabelers == null ? others.appLabelers : appLabelers;
        merged.timeout = timeout == null ? others.timeout : timeout;
        merged.maxResponseBytes = maxResponseBytes == null ? others.maxResponseBytes : maxResponseBytes;
        merged.encoding = encoding == null ? others.encoding : encoding;
        merged.validateRequest = validateRequest == null ? others.validateRequest : validateRequest;
        merged.validateResponse = validateResponse == null ? others.validateResponse : validateResponse;
        merged.strict = strict == null ? others.strict : strict;
        merged.invalidItems = invalidItems == null ? others.invalidItems : invalidItems;
        merged.onProblem = onProblem == null ? others.onProblem : onProblem;
        merged.maxDepth = maxDepth == null ? others.maxDepth : maxDepth;
        merged.retries = retries == null ? others.retries : retries;
        merged.idempotentCreates = idempotentCreates == null ? others.idempotentCreates : idempotentCreates;
        return merged.build();
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** The service to proxy to, empty for explicitly none, or null where nothing is set. */
    public @Nullable String proxy() {
        return proxy;
    }

    /** The labelers to ask for, or null where none are set, or explicitly none. */
    public @Nullable Set<Did> labelers() {
        return labelers;
    }

    public @Nullable Set<Did> appLabelers() {
        return appLabelers;
    }

    public Duration timeout() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }

    public long maxResponseBytes() {
        return maxResponseBytes == null ? TransportRequest.DEFAULT_MAX_RESPONSE_BYTES : maxResponseBytes;
    }

    public @Nullable String encoding() {
        return encoding;
    }

    public boolean validateRequest() {
        return validateRequest != null && validateRequest;
    }

    public boolean validateResponse() {
        return validateResponse == null || validateResponse;
    }

    public boolean strict() {
        return strict != null && strict;
    }

    public InvalidItems invalidItems() {
        return invalidItems == null ? InvalidItems.FAIL : invalidItems;
    }

    /** What is called for each element that is left out, or null. */
    public @Nullable Consumer<? super ReadProblem> onProblem() {
        return onProblem;
    }

    public int maxDepth() {
        return maxDepth == null ? ReadOptions.DEFAULT_MAX_DEPTH : maxDepth;
    }

    public boolean idempotentCreates() {
        return idempotentCreates != null && idempotentCreates;
    }

    /** These options where they or the others say what is retried, otherwise with that many retries. */
    CallOptions orRetries(CallOptions others, int maxRetries) {
        return retries != null || others.retries != null
                ? this
                : toBuilder().retries(maxRetries).build();
    }

    /** These options, strict unless they or the others say how strict the call is. */
    CallOptions orStrict(CallOptions others) {
        return strict != null || others.strict != null
                ? this
                : toBuilder().strict(true).build();
    }

    /** These options, for a call to which the client's defaults for proxying and labelers do not apply. */
    CallOptions withoutDefaultRouting() {
        Builder own = toBuilder();
        if (proxy == null) {
            own.noProxy();
        }
        if (labelers == null && headers.first(LABELERS) == null) {
            own.noLabelers();
        } else if (labelers == null) {
            own.labelers();
        }
        return own.build();
    }

    /** These options, for a look at what a create with them has left behind. */
    CallOptions forLooking(Duration timeLeft) {
        Builder looking =
                toBuilder().timeout(timeLeft).retries(RetryOptions.NEVER).strict(false);
        looking.validateResponse = true;
        looking.encoding = null;
        return looking.build();
    }

    /** What is tried again; {@link RetryOptions#NEVER} where nothing is set. */
    public RetryOptions retries() {
        return retries == null ? RetryOptions.NEVER : retries;
    }

    /** Makes {@link CallOptions}. */
    public static final class Builder {
        private HttpHeaders.Builder headers = HttpHeaders.builder();
        private @Nullable String proxy;
        private @Nullable Set<Did> labelers;
        private boolean noLabelers;
        private @Nullable Set<Did> appLabelers;
        private @Nullable Duration timeout;
        private @Nullable Long maxResponseBytes;
        private @Nullable String encoding;
        private @Nullable Boolean validateRequest;
        private @Nullable Boolean validateResponse;
        private @Nullable Boolean strict;
        private @Nullable InvalidItems invalidItems;
        private @Nullable Consumer<? super ReadProblem> onProblem;
        private @Nullable Integer maxDepth;
        private @Nullable RetryOptions retries;
        private @Nullable Boolean idempotentCreates;

        private Builder() {}

        /**
         * A header to send. {@code Authorization} is the agent's, {@code Accept} the method's, and {@code Content-Type}
         * follows from the body. {@code atproto-proxy} is another way to say {@link #proxy}, and the labelers of
         * {@code atproto-accept-labelers} come behind those of the options.
         *
         * @throws IllegalArgumentException if a name or value can't be in a header
         */
        public Builder header(String name, String value) {
            if (name.equalsIgnoreCase(PROXY)) {
                return proxy(value.strip());
            }
            headers.set(name, value);
            return this;
        }

        /**
         * The service that the account's server passes the call on to, by the header {@code atproto-proxy}; by default
         * none.
         *
         * @param service a DID and the service's id in its document: {@code did:web:api.bsky.chat#bsky_chat}
         * @throws IllegalArgumentException if it is not of that form
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
            this.proxy = service;
            return this;
        }

        /** The account's server answers itself, whatever the client's defaults say. */
        public Builder noProxy() {
            this.proxy = "";
            return this;
        }

        /**
         * The labelers whose labels are wanted, beside those of the app and of a header; by default none. They take the
         * place of the client's default ones.
         */
        public Builder labelers(Collection<Did> labelers) {
            this.noLabelers = false;
            this.labelers = Collections.unmodifiableSet(new LinkedHashSet<>(labelers));
            return this;
        }

        /** As {@link #labelers(Collection)}. */
        public Builder labelers(Did... labelers) {
            return labelers(List.of(labelers));
        }

        /** No labelers but those of the app, whatever the client's defaults and headers say. */
        public Builder noLabelers() {
            this.noLabelers = true;
            this.labelers = null;
            return this;
        }

        /** The labelers that the app insists on; takedown labels of theirs redact. By default none. */
        public Builder appLabelers(Collection<Did> labelers) {
            this.appLabelers = Collections.unmodifiableSet(new LinkedHashSet<>(labelers));
            return this;
        }

        /**
         * How long the call may take, retries and waits included; by default 60 s.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a time limit must be positive: " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * How many bytes the answer may have, decompressed; by default 16 MiB.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxResponseBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a bound must be positive: " + bytes);
            }
            this.maxResponseBytes = bytes;
            return this;
        }

        /**
         * The media type of a binary body; by default the one that the method names, and if it takes several, the one that
         * the body's first bytes or its file's name tell, else {@code text/plain; charset=utf-8} or
         * {@code application/octet-stream} if it takes any text or anything. One that the method does not take, a range
         * ({@code image/*}), what is not a media type, and any for a call without a body fail the call with an
         * {@link XrpcRequestException} before anything is sent.
         */
        public Builder encoding(String mediaType) {
            this.encoding = Objects.requireNonNull(mediaType, "mediaType");
            return this;
        }

        /** Whether the input is checked against its schema before it is sent; by default not, as the server will. */
        public Builder validateRequest(boolean validate) {
            this.validateRequest = validate;
            return this;
        }

        /**
         * Whether the response is checked against its schema; by default it is. Without, a response is read that has the
         * shape of JSON, whatever is in it: a value of another kind than its schema's reads as absent, or as null if it is
         * required, and stays in {@link dev.atlex.schema.LexObject#unknownFields()}. So a value that is never null by its
         * type may be, and must be checked. Only a body that is not an object at all still fails the call.
         */
        public Builder validateResponse(boolean validate) {
            this.validateResponse = validate;
            return this;
        }

        /**
         * Whether a response that breaks the data model is refused; by default it is not. {@link ReadOptions} says what
         * lenient reading does: numbers that are no integers of 53 bits, malformed links and blobs and odd types are kept,
         * and a null in an optional field reads as absent. The constraints of the schema are checked either way.
         */
        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        /**
         * What becomes of an element of an array in a response that does not validate; by default the call fails. A bot
         * that reads what others write wants {@link InvalidItems#SKIP}: one bad post must not make the page that it is on
         * unreadable. A backup wants the default, which loses nothing silently. Of arrays in each other, the innermost
         * leaves its element out. An array's least and greatest length are those of what the server sent.
         */
        public Builder invalidItems(InvalidItems invalidItems) {
            this.invalidItems = Objects.requireNonNull(invalidItems, "invalidItems");
            return this;
        }

        /**
         * Calls a function for each of {@link XrpcResponse#problems()}, for calls that give only the body or pages, such as
         * {@link Client#pages}. It is called on the thread of the call, and what it throws ends the call.
         */
        public Builder onProblem(Consumer<? super ReadProblem> listener) {
            this.onProblem = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * How many arrays and objects of a response may be nested; by default {@value ReadOptions#DEFAULT_MAX_DEPTH}.
         *
         * @throws IllegalArgumentException if it is not from 1 to {@value ReadOptions#MAX_DEPTH}
         */
        public Builder maxDepth(int levels) {
            this.maxDepth = ReadOptions.LENIENT.withMaxDepth(levels).maxDepth();
            return this;
        }

        /** What is tried again; by default nothing. */
        public Builder retries(RetryOptions retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /**
         * Up to that many retries of what is safe to repeat, see {@link RetryOptions#of}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder retries(int maxRetries) {
            return retries(RetryOptions.of(maxRetries));
        }

        /**
         * Whether creating records is made safe to repeat, so that a retry after a lost answer can't post twice; by
         * default it is not. It is a matter of {@link Client#create}, {@link Client#createRecord} and
         * {@link Client#applyWrites}; all other calls disregard it.
         *
         * <pre>{@code
         * Client once = client.with(o -> o.idempotentCreates(true));
         * once.create(Post.RECORD, p -> p.text("Good morning!").createdAt(Datetime.now()));
         * }</pre>
         *
         * <p>A record that is given no key, where the server would choose one, then gets a {@link dev.atlex.syntax.Tid}
         * from the client: one for all attempts of the call. The create is retried as a query would be, and also after an
         * answer that makes no sense; up to 3 times, unless {@link #retries(RetryOptions)} says otherwise here or in the
         * client's defaults. A retry first looks whether the record is there. If it is, with the same value, the create has
         * succeeded, and its result is the URI and the CID, without {@code commit} and {@code validationStatus}; with another
         * value it fails with {@link RecordConflictException}.
         *
         * <p>The same holds where the key is given, or is the only one that the type has. Then the record may have been
         * there before this call, and a refusal of the first attempt, with a status of 400, 409 or 500, is looked into as
         * well: to create what is there already is a success. Likes, follows and blocks the reference server does not refuse
         * but creates anew, under the same key.
         *
         * <p>All of this is within the time limit of the call. When that is over, or no retry is left, the failure says that
         * nobody knows. To go on later, even in another process, give the record a key, {@code Tid.next().toRecordKey()},
         * and keep it.
         *
         * <p>An {@code applyWrites} is repeated so if all of its writes are creates, one at least without a key. If others are
         * among them, this option means nothing to it.
         */
        public Builder idempotentCreates(boolean idempotent) {
            this.idempotentCreates = idempotent;
            return this;
        }

        public CallOptions build() {
            return new CallOptions(this);
        }
    }
}
