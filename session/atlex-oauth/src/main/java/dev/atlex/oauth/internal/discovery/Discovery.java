package dev.atlex.oauth.internal.discovery;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.Identity;
import dev.atlex.identity.IdentityException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.DiscoveryException;
import dev.atlex.oauth.OAuthUnsupportedException;
import dev.atlex.oauth.internal.discovery.JsonDocuments.InvalidDocumentException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the authorization server of an account or of a server, and verifies each step.
 *
 * <p>An account leads to its DID document, its server (PDS), that server's metadata, and from there to exactly one
 * authorization server: the PDS itself or an entryway. Each authorization server must declare its own origin as the
 * issuer. Otherwise, a server could claim responsibility for accounts elsewhere.
 *
 * <p>All names come from users and other servers. Therefore every request passes the guard of the identity resolver,
 * which refuses plain http and private addresses.
 *
 * @see <a href="https://atproto.com/specs/oauth#server-metadata">AT Protocol: server metadata</a>
 */
public final class Discovery {
    /** The maximum age of cached metadata at a sign-in. Servers may change their metadata, and sign-ins are rare. */
    static final Duration SIGN_IN_MAX_AGE = Duration.ofMinutes(5);

    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String SERVER = "/.well-known/oauth-authorization-server";
    private static final int MAX_CACHED = 1000;

    private final IdentityResolver identity;
    private final JsonDocuments documents;
    private final LongSupplier nanoTime;

    private final Map<URI, Cached> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Cached> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** Verified metadata, and the time at which it arrived. */
    private record Cached(ServerMetadata metadata, long nanos) {}

    /**
     * Creates a discovery.
     *
     * @param context the context that records times and nonces from the responses
     */
    public Discovery(IdentityResolver identity, DpopContext context, TimeSource time) {
        this.identity = identity;
        this.documents = new JsonDocuments(identity.transport(), context::observe);
        this.nanoTime = time.nanoTime();
    }

    /**
     * The server to sign in at.
     *
     * @param account the requested account, or null if the sign-in started with a server
     */
    public record Target(AuthServer server, @Nullable Identity account) {}

    /**
     * Finds the authorization server of an account.
     *
     * @throws OAuthUnsupportedException if the account's server has no OAuth
     * @throws DiscoveryException if metadata can't be fetched or is invalid
     * @throws IdentityException if the account can't be resolved, or a host is forbidden
     */
    public Target account(AtIdentifier identifier) {
        Identity account = identity.resolve(identifier);
        URI pds = Issuers.at(account.requirePds());
        return new Target(serverOf(pds, issuerOf(pds)), account);
    }

    /**
     * Finds the authorization server for a server, which is a PDS or is itself an authorization server.
     *
     * @throws OAuthUnsupportedException if the server has no OAuth
     * @throws DiscoveryException if metadata can't be fetched or is invalid
     * @throws IdentityException if a host is forbidden
     */
    public Target server(URI server) {
        URI origin = Issuers.at(server);
        URI issuer = findIssuer(origin);
        return new Target(issuer == null ? server(origin, SIGN_IN_MAX_AGE) : serverOf(origin, issuer), null);
    }

    /**
     * Returns an authorization server by its issuer.
     *
     * @param maxAge the maximum age of cached metadata
     * @throws OAuthUnsupportedException if the server has no metadata
     * @throws DiscoveryException if the metadata can't be fetched or is invalid
     * @throws IdentityException if the host is forbidden
     */
    public AuthServer server(URI issuer, Duration maxAge) {
        return metadata(issuer, maxAge).server();
    }

    /**
     * Returns the account's server according to its DID document, without using cached identities.
     *
     * @throws DiscoveryException if the document contains no usable server
     * @throws IdentityException if the document can't be fetched or is invalid
     */
    public URI pdsOf(Did did) {
        identity.invalidate(did);
        URI pds = identity.document(did).pds();
        if (pds == null) {
            throw new DiscoveryException(
                    URI.create(did.toString()), "its DID document contains no usable server", false, null);
        }
        return Issuers.at(pds);
    }

    /**
     * Returns the issuer that is responsible for the accounts of a PDS, without using cached metadata.
     *
     * @throws OAuthUnsupportedException if the server has no OAuth
     * @throws DiscoveryException if metadata can't be fetched or is invalid
     * @throws IdentityException if the host is forbidden
     */
    public URI issuerOf(URI pds) {
        URI issuer = findIssuer(pds);
        if (issuer == null) {
            throw new OAuthUnsupportedException(pds, "it has no " + RESOURCE);
        }
        return issuer;
    }

    /** Returns the only authorization server of a PDS, or null if the server has no metadata of a PDS. */
    private @Nullable URI findIssuer(URI pds) {
        URI url = pds.resolve(RESOURCE);
        LexMap metadata = fetch(url);
        return metadata == null ? null : ResourceMetadata.issuer(url, pds, metadata);
    }

    private AuthServer serverOf(URI pds, URI issuer) {
        ServerMetadata metadata = metadata(issuer, SIGN_IN_MAX_AGE);
        metadata.requireProtects(pds);
        return metadata.server();
    }

    private ServerMetadata metadata(URI issuer, Duration maxAge) {
        Cached cached;
        synchronized (cache) {
            cached = cache.get(issuer);
        }
        if (cached != null && nanoTime.getAsLong() - cached.nanos() <= maxAge.toNanos()) {
            return cached.metadata();
        }
        URI url = issuer.resolve(SERVER);
        LexMap document = fetch(url);
        if (document == null) {
            throw new OAuthUnsupportedException(issuer, "it has no " + SERVER);
        }
        ServerMetadata metadata = ServerMetadata.verify(url, issuer, document);
        synchronized (cache) {
            cache.put(issuer, new Cached(metadata, nanoTime.getAsLong()));
        }
        return metadata;
    }

    /** Fetches a document. Returns null if there is none. */
    private @Nullable LexMap fetch(URI url) {
        try {
            return documents.fetch(url);
        } catch (InvalidDocumentException e) {
            if (e.status() == 404) {
                return null;
            }
            throw new DiscoveryException(url, String.valueOf(e.getMessage()), e.retryable(), e);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException e) {
            throw new DiscoveryException(url, String.valueOf(e.getMessage()), true, e);
        }
    }
}
