package dev.atlex.identity.internal;

import dev.atlex.client.internal.Hosts;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.internal.Durations;
import dev.atlex.identity.ForbiddenHostException;
import dev.atlex.syntax.Handle;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link Transport} that refuses requests into private networks before it delegates to another transport. URLs in DID
 * documents, web pages and redirects come from untrusted sources, which could otherwise reach services that only this
 * machine can reach (server-side request forgery).
 *
 * <p>The host's addresses are looked up and checked before each request, and looked up again by the transport. The
 * option {@code allowPrivateAddresses} of {@code IdentityResolver.Builder} describes when the second lookup may return
 * other addresses.
 *
 * <p>Behind a proxy, the proxy makes the second lookup. A name that resolves to a private address here is refused
 * anyway. A name that this machine can't resolve is left to the proxy: in many company networks, only the proxy can
 * resolve public names. Decision 0019 explains why.
 */
public final class SsrfGuard implements Transport {
    private final Transport transport;
    private final boolean allowPrivate;
    private final boolean allowHttp;
    private final Lookup lookup;
    private final Duration timeout;

    /**
     * Creates a guard that requires https, unless private addresses are allowed.
     *
     * @param allowPrivate whether to allow all hosts, for tests
     * @param timeout the time limit of an address lookup
     */
    public SsrfGuard(Transport transport, boolean allowPrivate, Lookup lookup, Duration timeout) {
        this(transport, allowPrivate, allowPrivate, lookup, timeout);
    }

    private SsrfGuard(Transport transport, boolean allowPrivate, boolean allowHttp, Lookup lookup, Duration timeout) {
        this.transport = transport;
        this.allowPrivate = allowPrivate;
        this.allowHttp = allowHttp;
        this.lookup = lookup;
        this.timeout = timeout;
    }

    /**
     * Returns a guard that also allows plain http to public hosts. It is for web pages, which aren't trusted with
     * https either.
     */
    public SsrfGuard withPlainHttp() {
        return new SsrfGuard(transport, allowPrivate, true, lookup, timeout);
    }

    /** Looks up addresses like {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    public interface Lookup {
        /** Returns the addresses of a host, at least one. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Returns whether private addresses are allowed. */
    public boolean allowsPrivate() {
        return allowPrivate;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ForbiddenHostException if the host isn't allowed
     */
    @Override
    public TransportResponse send(TransportRequest request) {
        check(request.uri(), request.deadline().leftWithin(timeout));
        return transport.send(request);
    }

    /**
     * Checks the form of a domain name, without a lookup.
     *
     * @throws ForbiddenHostException if its top-level domain is reserved
     */
    public void checkDomain(String domain) {
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
     * Checks the URL of a server that may not be called until later. A host whose lookup fails is accepted.
     *
     * @throws ForbiddenHostException if the host isn't allowed
     */
    public void checkServer(URI url) {
        try {
            check(url, timeout);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException e) {
            // A later call to the server will report the failure.
        }
    }

    private void check(URI url, Duration lookupTimeout) {
        String host = String.valueOf(url.getHost());
        if (allowPrivate) {
            return;
        }
        if (!allowHttp && !Origins.isHttps(url)) {
            throw new ForbiddenHostException(
                    host, host + ": expected an https URL (got " + url.getScheme() + ")", null);
        }
        // Also rejects everything that can be parsed as an address: 127.1, 0x7f000001, [::1].
        if (!Handle.isValid(host)) {
            throw new ForbiddenHostException(host, host + ": not a full domain name", null);
        }
        checkDomain(host);
        for (InetAddress address : addressesOf(url, host, lookupTimeout)) {
            if (!Hosts.isPublic(address)) {
                throw new ForbiddenHostException(
                        host, host + ": its address " + address.getHostAddress() + " is not public", null);
            }
        }
    }

    /** Returns the addresses of a host, or none if only the proxy can look them up. */
    private InetAddress[] addressesOf(URI url, String host, Duration limit) {
        try {
            return addresses(host, limit);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException e) {
            if (transport.isProxied(url)) {
                return new InetAddress[0];
            }
            throw e;
        }
    }

    @Override
    public boolean isProxied(URI url) {
        return transport.isProxied(url);
    }

    /**
     * Looks up addresses on a separate thread, because the operating system's lookup has no time limit and can't be
     * interrupted.
     */
    private InetAddress[] addresses(String host, Duration limit) {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> lookup.addresses(host));
        Thread thread = new Thread(task, "atlex-host-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(Durations.nanos(limit), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException(host + ": interrupted while looking up its addresses", e, false);
        } catch (TimeoutException e) {
            throw new TransportTimeoutException(host + ": timeout while looking up its addresses", e, false);
        } catch (ExecutionException e) {
            throw new TransportException(host + ": unknown host", e.getCause(), false);
        }
    }

    /** Returns whether a request failed because its host doesn't exist. */
    public static boolean isUnknownHost(TransportException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
