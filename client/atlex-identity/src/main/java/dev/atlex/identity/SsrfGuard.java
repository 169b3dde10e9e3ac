package dev.atlex.identity;

import dev.atlex.client.internal.Hosts;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.syntax.Handle;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link Transport} that refuses requests into private networks before it delegates to another. URLs in DID documents
 * and redirects come from untrusted sources, which could otherwise reach services that only this machine can reach
 * (server-side request forgery).
 *
 * <p>The host's addresses are looked up and checked before each request, and looked up again by the transport.
 * {@link IdentityResolver.Builder#allowPrivateAddresses} describes when the second lookup may return others.
 */
final class SsrfGuard implements Transport {
    private final Transport transport;
    private final boolean allowPrivate;
    private final Lookup lookup;
    private final Duration timeout;

    SsrfGuard(Transport transport, boolean allowPrivate, Lookup lookup, Duration timeout) {
        this.transport = transport;
        this.allowPrivate = allowPrivate;
        this.lookup = lookup;
        this.timeout = timeout;
    }

    /** Looks up addresses like {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    boolean allowsPrivate() {
        return allowPrivate;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ForbiddenHostException if the host is not allowed
     */
    @Override
    public TransportResponse send(TransportRequest request) {
        check(request.uri());
        return transport.send(request);
    }

    /**
     * Checks the form of a domain name, without a lookup.
     *
     * @throws ForbiddenHostException if its top-level domain is reserved
     */
    void checkDomain(String domain) {
        String topLevel = Hosts.topLevel(domain);
        if (Hosts.isReserved(topLevel)) {
            throw new ForbiddenHostException(
                    domain, domain + ": the top-level domain ." + topLevel + " is reserved", null);
        }
        if (Hosts.isTest(topLevel) && !allowPrivate) {
            throw new ForbiddenHostException(
                    domain,
                    domain + ": the top-level domain .test is allowed in tests only; see allowPrivateAddresses",
                    null);
        }
    }

    /**
     * Checks the URL of a server that may not be called soon. A host whose lookup fails passes.
     *
     * @throws ForbiddenHostException if the host is not allowed
     */
    void checkServer(URI url) {
        try {
            check(url);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException e) {
            // A later call to the server will report the failure.
        }
    }

    private void check(URI url) {
        String host = String.valueOf(url.getHost());
        boolean https = Origins.isHttps(url);
        if (allowPrivate) {
            return;
        }
        if (!https) {
            throw new ForbiddenHostException(
                    host, host + ": expected an https URL (got " + url.getScheme() + ")", null);
        }
        // Also refuses everything that can be parsed as an address: 127.1, 0x7f000001, [::1].
        if (!Handle.isValid(host)) {
            throw new ForbiddenHostException(host, host + ": not a full domain name", null);
        }
        checkDomain(host);
        for (InetAddress address : addresses(host)) {
            if (!Hosts.isPublic(address)) {
                throw new ForbiddenHostException(
                        host, host + ": its address " + address.getHostAddress() + " is not public", null);
            }
        }
    }

    /**
     * Looks up addresses on a separate thread, because the operating system's lookup has no time limit and can't be
     * interrupted.
     */
    private InetAddress[] addresses(String host) {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> lookup.addresses(host));
        Thread thread = new Thread(task, "atlex-host-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException(host + ": interrupted while looking up its addresses", e, false);
        } catch (TimeoutException e) {
            throw new TransportTimeoutException(host + ": timeout while looking up its addresses", e, false);
        } catch (ExecutionException e) {
            throw new TransportException(host + ": unknown host", e.getCause(), false);
        }
    }
}
