package dev.atlex.identity;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.internal.SteadyClock;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.identity.internal.SsrfGuard;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.UserInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Resolves handles and DIDs. Create one resolver and share it: it is thread-safe, caches results, and combines
 * concurrent lookups of the same identifier. All methods block.
 *
 * <p>Each step of a resolution has its own time limit. The steps are the TXT lookup, each host lookup, and each HTTP
 * request. If the thread is interrupted, methods throw {@code TransportInterruptedException}, or
 * {@link IdentityLookupException} if they are waiting for another thread's lookup. The interrupt flag stays set. TXT
 * lookups can't be interrupted.
 *
 * <p>Resolution follows the specifications. For a handle, the resolver queries DNS first, and the handle's website only
 * if DNS has no DID or fails. It follows up to five redirects from a website, but none from a directory or a
 * {@code did:web} host.
 *
 * @see <a href="https://atproto.com/specs/handle#handle-resolution">AT Protocol: handle resolution</a>
 * @see <a href="https://atproto.com/specs/did">AT Protocol: DID</a>
 */
public final class IdentityResolver {
    private static final Logger LOG = System.getLogger(IdentityResolver.class.getName());
    private static final Handle INVALID_HANDLE = Handle.of("handle.invalid");

    private final SsrfGuard guard;
    private final TxtRecords records;
    private final HandleLookup handleLookup;
    private final DidLookup didLookup;
    private final SingleFlightCache<Handle, Did> handles;
    private final SingleFlightCache<Did, DidDocument> documents;
    private final SingleFlightCache<String, Did> authorities;

    private IdentityResolver(Builder builder) {
        guard = new SsrfGuard(builder.transport, builder.allowPrivateAddresses, builder.hosts, builder.timeout);
        records = new TxtRecords(builder.dns);
        HttpFetcher web = new HttpFetcher(guard, builder.timeout);
        handleLookup = new HandleLookup(records, web, guard);
        didLookup = new DidLookup(new HttpFetcher(builder.transport, builder.timeout), web, guard, builder.plcUrl);
        handles = builder.newCache();
        documents = builder.newCache();
        authorities = builder.newCache();
    }

    /** Creates a resolver with default settings. */
    public static IdentityResolver create() {
        return builder().build();
    }

    /** Returns a builder with default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Resolves a handle or DID to an account.
     *
     * <p>A handle resolves only if the document of its DID claims that handle. A DID resolves even if its handle can't
     * be verified; the result then has the handle {@code handle.invalid}.
     *
     * @throws HandleNotFoundException if the handle has no DID
     * @throws HandleMismatchException if the handle's DID doesn't claim the handle
     * @throws ForbiddenHostException if the handle, the DID or the server in the document is on a forbidden host
     * @throws IdentityException for the same reasons as {@link #document}, or if the handle lookup fails
     */
    public Identity resolve(AtIdentifier identifier) {
        if (identifier instanceof Did did) {
            DidDocument document = document(did);
            return identity(document, verifiedHandle(document));
        }
        Handle handle = ((Handle) identifier).normalized();
        Did did = resolveHandle(handle);
        DidDocument document = document(did);
        Handle claimed = document.handle();
        if (!handle.equals(claimed)) {
            throw new HandleMismatchException(
                    handle,
                    did,
                    "failed to resolve the handle " + handle + ": the document of " + did + " claims "
                            + (claimed == null ? "no handle" : "another handle (got \"" + claimed + "\")"),
                    null);
        }
        return identity(document, handle);
    }

    /**
     * Resolves a handle or DID that a user typed or pasted. Accepts the forms that {@link UserInput#identifier}
     * accepts.
     *
     * @throws InvalidSyntaxException if the identifier is neither a handle nor a DID; no request is sent
     * @throws IdentityException for the same reasons as {@link #resolve(AtIdentifier)}
     */
    public Identity resolve(String identifier) {
        return resolve(UserInput.identifier(identifier));
    }

    /**
     * Returns the DID that the handle's domain points to. Domain owners can point to any DID, so don't rely on this for
     * identity: {@link #resolve} also checks that the DID claims the handle.
     *
     * @throws HandleNotFoundException if the domain points to no DID, or to more than one
     * @throws ForbiddenHostException if the handle has a reserved top-level domain, or its website is on a forbidden
     *     host
     * @throws IdentityLookupException if the lookup fails
     */
    public Did resolveHandle(Handle handle) {
        Handle normalized = handle.normalized();
        return handles.get(normalized, () -> handleLookup.did(normalized));
    }

    /**
     * Returns the document of a DID. Its {@code id} is that DID.
     *
     * @throws DidNotFoundException if the DID has no document
     * @throws UnsupportedDidException if the DID is neither a valid {@code did:plc} nor a valid {@code did:web}
     * @throws InvalidDidDocumentException if the response isn't a DID document, or is a different DID's document
     * @throws ForbiddenHostException if the DID is a {@code did:web} on a forbidden host
     * @throws IdentityLookupException if the lookup fails
     */
    public DidDocument document(Did did) {
        return documents.get(did, () -> didLookup.document(did));
    }

    /**
     * Returns the DID of the account that publishes the Lexicon documents of the NSID's authority. Queries the TXT
     * records of {@code _lexicon.} followed by the authority's domain. Parent domains aren't tried.
     *
     * @see <a href="https://atproto.com/specs/lexicon#lexicon-publication-and-resolution">AT Protocol: Lexicon
     *     resolution</a>
     *
     * @throws AuthorityNotFoundException if the records contain no DID, or more than one
     * @throws DnsException if the lookup fails
     */
    public Did lexiconAuthority(Nsid nsid) {
        String name = "_lexicon." + nsid.authority().toLowerCase(Locale.ROOT);
        try {
            return authorities.get(name, () -> authority(nsid, name));
        } catch (AuthorityNotFoundException e) {
            // The cached failure may be for a different NSID of the same authority.
            throw e.nsid().equals(nsid) ? e : e.of(nsid);
        }
    }

    /** Removes a handle's DID or a DID's document from the cache, for example after an account has migrated. */
    public void invalidate(AtIdentifier identifier) {
        if (identifier instanceof Did did) {
            documents.invalidate(did);
        } else {
            handles.invalidate(((Handle) identifier).normalized());
        }
    }

    /**
     * Returns a transport for requests to resolved servers. It sends requests with the builder's transport, but throws
     * {@link ForbiddenHostException} for hosts that this resolver forbids.
     */
    public Transport transport() {
        return guard;
    }

    private Did authority(Nsid nsid, String name) {
        if (name.length() > TxtRecords.MAX_NAME) {
            throw new AuthorityNotFoundException(nsid, name + " is too long for a DNS name", null);
        }
        TxtRecords.Found found = records.dids(name);
        Did only = found.only();
        if (only == null) {
            throw new AuthorityNotFoundException(nsid, found.describe(), null);
        }
        return only;
    }

    private Identity identity(DidDocument document, Handle handle) {
        URI pds = document.pds();
        if (pds != null) {
            guard.checkServer(pds);
        }
        return new Identity(document.id(), handle, pds, document);
    }

    private Handle verifiedHandle(DidDocument document) {
        Handle claimed = document.handle();
        if (claimed == null) {
            return INVALID_HANDLE;
        }
        try {
            return resolveHandle(claimed).equals(document.id()) ? claimed : INVALID_HANDLE;
        } catch (IdentityException e) {
            if (e.retryable() && Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.log(
                    Level.DEBUG,
                    () -> "failed to verify the handle of " + document.id() + "; using handle.invalid: "
                            + e.getMessage());
            return INVALID_HANDLE;
        }
    }

    /** Builds an {@link IdentityResolver}. Not thread-safe. */
    public static final class Builder {
        private Transport transport = Transport.jdk();
        private DnsResolver dns = DnsResolver.system();
        private String plcUrl = "https://plc.directory";
        private Duration timeout = Duration.ofSeconds(5);
        private int cacheEntries = 1000;
        private Duration ttl = Duration.ofMinutes(10);
        private Duration missTtl = Duration.ofMinutes(1);
        private Clock clock = new SteadyClock(TimeSource.SYSTEM);
        private boolean allowPrivateAddresses;
        private SsrfGuard.Lookup hosts = InetAddress::getAllByName;

        private Builder() {}

        /** Sets the HTTP transport. The default is {@link Transport#jdk()}. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** Sets the resolver for TXT records. The default is {@link DnsResolver#system()}. */
        public Builder dns(DnsResolver dns) {
            this.dns = Objects.requireNonNull(dns, "dns");
            return this;
        }

        /**
         * Sets the URL of the {@code did:plc} directory. The default is {@code https://plc.directory}. The directory is
         * trusted, so any host is allowed, even {@code http://localhost:2582}.
         *
         * @throws IllegalArgumentException if it isn't an {@code http} or {@code https} URL, or has a user name, query
         *     or fragment
         */
        public Builder plcUrl(URI plcUrl) {
            boolean plain =
                    plcUrl.getRawUserInfo() == null && plcUrl.getRawQuery() == null && plcUrl.getRawFragment() == null;
            if (!Origins.isHttp(plcUrl) || plcUrl.getHost() == null || !plain) {
                // Don't show the URL: a user name may be followed by a password.
                throw new IllegalArgumentException(
                        "plcUrl must be an http or https URL without a user name, query or fragment");
            }
            this.plcUrl = plcUrl.toString().replaceAll("/+$", "");
            return this;
        }

        /**
         * Sets the time limit for each HTTP request and for each address lookup. The default is 5 s. The
         * {@link DnsResolver} limits TXT lookups itself.
         *
         * @throws IllegalArgumentException if the timeout isn't positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must be positive (got " + timeout + ")");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the maximum number of entries in each of the three caches: handles, documents and Lexicon authorities.
         * The default is 1000; 0 disables caching. The least recently used entries are evicted first. A cached document
         * can have up to 64 KiB of JSON.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder cacheEntries(int cacheEntries) {
            if (cacheEntries < 0) {
                throw new IllegalArgumentException("cacheEntries must not be negative (got " + cacheEntries + ")");
            }
            this.cacheEntries = cacheEntries;
            return this;
        }

        /** Sets how long results are cached, 0 or more. The default is 10 minutes. */
        public Builder ttl(Duration ttl) {
            this.ttl = requireNotNegative("ttl", ttl);
            return this;
        }

        /**
         * Sets how long failures are cached, 0 or more. The default is 1 minute.
         * {@linkplain IdentityException#retryable() Retryable} failures are never cached.
         */
        public Builder missTtl(Duration missTtl) {
            this.missTtl = requireNotNegative("missTtl", missTtl);
            return this;
        }

        /**
         * Sets the clock for expiring cache entries. The default clock is monotonic: changes to the system clock don't
         * affect it.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets whether to allow private addresses, plain HTTP, {@code localhost} with or without a port, and names
         * under {@code .test}. For tests only.
         *
         * <p>The default is false, so that untrusted documents can't direct requests into the program's own network
         * (SSRF). In that case, the URL must use https, the host must be a full domain name under a top-level domain
         * that isn't reserved, and all of the host's addresses must be public.
         *
         * <p>Addresses are looked up and checked before each request; the transport then looks them up again. The JDK
         * caches addresses for 30 s, so both lookups normally return the same ones. The check can be bypassed if that
         * cache is disabled ({@code networkaddress.cache.ttl}), if the transport has its own resolver, or behind an
         * HTTP proxy, which resolves names itself. Behind a proxy, a name that this machine can't resolve is left to
         * the proxy. If that matters, block private addresses at the proxy or at the network level.
         */
        public Builder allowPrivateAddresses(boolean allowPrivateAddresses) {
            this.allowPrivateAddresses = allowPrivateAddresses;
            return this;
        }

        Builder hosts(SsrfGuard.Lookup hosts) {
            this.hosts = hosts;
            return this;
        }

        /** Creates the resolver. */
        public IdentityResolver build() {
            return new IdentityResolver(this);
        }

        private <K, V> SingleFlightCache<K, V> newCache() {
            return new SingleFlightCache<>(cacheEntries, ttl, missTtl, clock);
        }

        private static Duration requireNotNegative(String what, Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException(what + " must not be negative (got " + duration + ")");
            }
            return duration;
        }
    }
}
