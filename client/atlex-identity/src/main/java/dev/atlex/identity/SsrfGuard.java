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
 * Keeps requests whose address strangers chose away from private networks, as a {@link Transport} before another.
 *
 * <p>The host is looked up and checked before the request, and looked up again by the transport. That the second answer is
 * another one is what {@link IdentityResolver.Builder#allowPrivateAddresses} speaks of.
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

    /** {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    boolean allowsPrivate() {
        return allowPrivate;
    }

    /** @throws ForbiddenHostException if the request may not go where it would */
    @Override
    public TransportResponse send(TransportRequest request) {
        check(request.uri());
        return transport.send(request);
    }

    /**
     * Checks the form of a domain name, and nothing else.
     *
     * @throws ForbiddenHostException if its top-level domain is reserved
     */
    void checkDomain(String domain) {
        String topLevel = Hosts.topLevel(domain);
        if (Hosts.isReserved(topLevel)) {
            throw new ForbiddenHostException(
                    domain,
                    domain + ": the top-level domain ." + topLevel + " is reserved, nothing is found there",
                    null);
        }
        if (Hosts.isTest(topLevel) && !allowPrivate) {
            throw new ForbiddenHostException(
                    domain, domain + ": the top-level domain .test is for tests, which must allow it", null);
        }
    }

    /**
     * Checks the URL of a server that may never be asked: a host that can't be looked up now is let pass.
     *
     * @throws ForbiddenHostException as {@link #send}
     */
    void checkServer(URI url) {
        try {
            check(url);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (TransportException e) {
            // Whoever calls it will find out, and is told then.
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
                    host, host + ": requests go by https only, not by " + url.getScheme(), null);
        }
        // This leaves out all that can be taken for an address: 127.1, 0x7f000001, [::1].
        if (!Handle.isValid(host)) {
            throw new ForbiddenHostException(host, host + ": not a full domain name", null);
        }
        checkDomain(host);
        for (InetAddress address : addresses(host)) {
            if (!Hosts.isPublic(address)) {
                throw new ForbiddenHostException(
                        host, host + ": its address " + address.getHostAddress() + " is not a public one", null);
            }
        }
    }

    /** On a thread of its own: the operating system takes its time, and can't be interrupted. */
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
            throw new TransportTimeoutException(host + ": looking up its addresses took too long", e, false);
        } catch (ExecutionException e) {
            throw new TransportException(host + ": unknown host", e.getCause(), false);
        }
    }
}
