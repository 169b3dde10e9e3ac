package dev.atlex.identity;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.internal.SteadyClock;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.InvalidSyntaxException;
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
 * Resolves handles and DIDs. Made once and shared: it is safe for use by many threads, remembers what it has found, and
 * asks once for all who ask for the same at the same time. All methods block.
 *
 * <p>A call takes as long as its steps, each of which has its time limit: one lookup of TXT records, and per request one
 * lookup of the host and the request itself. A thread that is interrupted gets a {@code TransportInterruptedException},
 * or an {@link IdentityLookupException} if it waited for another's lookup, and keeps its interrupt flag; a lookup of TXT
 * records is finished first.
 *
 * <p>The rules are those of the specifications. Where they leave a choice: the DNS is asked first, and the website only if
 * the DNS has nothing to say or can't be asked; a website may redirect, five times; a directory or the host of a
 * {@code did:web} may not.
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

    /** A resolver with the defaults. */
    public static IdentityResolver create() {
        return builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The account of a handle or a DID.
     *
     * <p>Asked for a handle, it fails unless the document of the DID claims that handle. Asked for a DID, it gives
     * {@code handle.invalid} if the document claims no handle, one that leads elsewhere, or one that can't be verified
     * just now.
     *
     * @throws HandleNotFoundException if the handle leads to no DID
     * @throws HandleMismatchException if the handle leads to a DID that does not claim it
     * @throws ForbiddenHostException if the handle, the DID or the server in the document is one that may not be asked
     * @throws IdentityException as {@link #document} throws them, or if a handle that was asked for can't be looked up
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
                    "the handle " + handle + " leads to " + did + ", whose document claims "
                            + (claimed == null ? "no handle" : "the handle " + claimed),
                    null);
        }
        return identity(document, handle);
    }

    /**
     * Resolves the handle or DID that somebody typed or pasted, with the tolerance of {@link UserInput#identifier}.
     *
     * @throws InvalidSyntaxException if it is neither; nothing is asked then
     * @throws IdentityException as {@link #resolve(AtIdentifier)} throws them
     */
    public Identity resolve(String identifier) {
        return resolve(UserInput.identifier(identifier));
    }

    /**
     * The DID that the handle's domain names. Anybody may let a domain name any DID: {@link #resolve} asks the DID, too.
     *
     * @throws HandleNotFoundException if there is none
     * @throws ForbiddenHostException if the handle is of a reserved top-level domain, or its website on a host that may
     *     not be asked
     * @throws IdentityLookupException if it could not be found out
     */
    public Did resolveHandle(Handle handle) {
        Handle normalized = handle.normalized();
        return handles.get(normalized, () -> handleLookup.did(normalized));
    }

    /**
     * The document of a DID, which is checked to be of that DID.
     *
     * @throws DidNotFoundException if there is none
     * @throws UnsupportedDidException if it is no {@code did:plc} and no {@code did:web}, or a malformed one
     * @throws InvalidDidDocumentException if what is there is no document, or that of another DID
     * @throws ForbiddenHostException if it is a {@code did:web} of a host that may not be asked
     * @throws IdentityLookupException if it could not be found out
     */
    public DidDocument document(Did did) {
        return documents.get(did, () -> didLookup.document(did));
    }

    /**
     * The DID of the account that publishes the Lexicon documents of the NSID's authority, as the TXT records of
     * {@code _lexicon.} and the authority name it. No other name is tried. The DID still has to be resolved.
     *
     * @throws AuthorityNotFoundException if there is none, or several
     * @throws DnsException if the DNS could not be asked
     */
    public Did lexiconAuthority(Nsid nsid) {
        String name = "_lexicon." + nsid.authority().toLowerCase(Locale.ROOT);
        try {
            return authorities.get(name, () -> authority(nsid, name));
        } catch (AuthorityNotFoundException e) {
            // What is remembered may be of another NSID of the same authority.
            throw e.nsid().equals(nsid) ? e : e.of(nsid);
        }
    }

    /**
     * Forgets what is remembered of this identifier: of a handle its DID, of a DID its document. For when an account has
     * moved, or a lookup of the user's own has shown otherwise.
     */
    public void invalidate(AtIdentifier identifier) {
        if (identifier instanceof Did did) {
            documents.invalidate(did);
        } else {
            handles.invalidate(((Handle) identifier).normalized());
        }
    }

    /**
     * A transport for talking to the servers that identities name: that of the builder, which refuses hosts as this
     * resolver does, by {@link ForbiddenHostException}, before each request.
     */
    public Transport transport() {
        return guard;
    }

    private Did authority(Nsid nsid, String name) {
        if (name.length() > TxtRecords.MAX_NAME) {
            throw new AuthorityNotFoundException(nsid, "it is too long to be asked for in the DNS", null);
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
            LOG.log(Level.DEBUG, () -> "not verified for " + document.id() + ": " + e.getMessage());
            return INVALID_HANDLE;
        }
    }

    /** Settings of a resolver; not safe for use by several threads. */
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

        /** How HTTP is spoken. The default is {@link Transport#jdk()}. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /** How TXT records are looked up. The default is {@link DnsResolver#system()}. */
        public Builder dns(DnsResolver dns) {
            this.dns = Objects.requireNonNull(dns, "dns");
            return this;
        }

        /**
         * The directory of {@code did:plc}. The default is {@code https://plc.directory}. It is trusted: it may be
         * anywhere, {@code http://localhost:2582} included.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL, or has a user name, query or
         *     fragment
         */
        public Builder plcUrl(URI plcUrl) {
            boolean plain =
                    plcUrl.getRawUserInfo() == null && plcUrl.getRawQuery() == null && plcUrl.getRawFragment() == null;
            if (!Origins.isHttp(plcUrl) || plcUrl.getHost() == null || !plain) {
                // It is not shown: a user name may have a password beside it.
                throw new IllegalArgumentException(
                        "plcUrl must be an http or https URL without user name, query and fragment");
            }
            this.plcUrl = plcUrl.toString().replaceAll("/+$", "");
            return this;
        }

        /**
         * The time limit of one request, and of one lookup of a host's addresses; positive. The default is 5 s. Lookups of
         * TXT records have the limit of their {@link DnsResolver}.
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout is not positive: " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * How many handles, how many documents, and how many authorities are remembered, each; 0 for none. The longest
         * unused are forgotten first. The default is 1000.
         * A hostile document may have 64 KB.
         */
        public Builder cacheEntries(int cacheEntries) {
            if (cacheEntries < 0) {
                throw new IllegalArgumentException("cacheEntries is negative: " + cacheEntries);
            }
            this.cacheEntries = cacheEntries;
            return this;
        }

        /** How long what was found is remembered; 0 or more. The default is 10 minutes. */
        public Builder ttl(Duration ttl) {
            this.ttl = requireNotNegative("ttl", ttl);
            return this;
        }

        /**
         * How long it is remembered that nothing was found, or nothing usable; 0 or more. The default is 1 minute. What is
         * {@linkplain IdentityException#retryable() retryable} is never remembered.
         */
        public Builder missTtl(Duration missTtl) {
            this.missTtl = requireNotNegative("missTtl", missTtl);
            return this;
        }

        /** What tells the time to the memory. By default nothing changes it when the system's clock is set. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * For tests only: whether handles, {@code did:web} and servers may be on any address and by plain HTTP, with
         * {@code localhost} and its ports, and handles under {@code .test}.
         *
         * <p>The default is false, so that documents of strangers can't send this program's requests into its own network:
         * hosts must be full domain names, of no reserved top-level domain, asked by https, and each of their addresses
         * must be public. The addresses are looked up and checked just before the transport looks them up for itself. The
         * JDK remembers addresses for 30 s, which makes both answers the same; it is a gap where that memory is turned
         * off ({@code networkaddress.cache.ttl}), for another transport's own lookups, and behind an HTTP proxy, which looks
         * up for itself. Where that matters, let the network refuse it.
         */
        public Builder allowPrivateAddresses(boolean allowPrivateAddresses) {
            this.allowPrivateAddresses = allowPrivateAddresses;
            return this;
        }

        Builder hosts(SsrfGuard.Lookup hosts) {
            this.hosts = hosts;
            return this;
        }

        public IdentityResolver build() {
            return new IdentityResolver(this);
        }

        private <K, V> SingleFlightCache<K, V> newCache() {
            return new SingleFlightCache<>(cacheEntries, ttl, missTtl, clock);
        }

        private static Duration requireNotNegative(String what, Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException(what + " is negative: " + duration);
            }
            return duration;
        }
    }
}
