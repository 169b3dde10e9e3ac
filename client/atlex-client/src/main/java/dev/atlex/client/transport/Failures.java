package dev.atlex.client.transport;

import dev.atlex.data.internal.Excerpt;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Translates the JDK's exceptions. The new exceptions describe the call and the reason, and record whether the server
 * may have processed the request.
 */
final class Failures {
    private static final int MAX_REASON = 200;
    private static final Pattern TUNNEL_FAILED = Pattern.compile("Tunnel failed, got: ([0-9]{3})");

    private Failures() {}

    /** Translates a failure of connecting, sending, or waiting for the response's headers. */
    static TransportException beforeResponse(TransportRequest request, Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new TransportTimeoutException(
                    request.describe() + ": no connection within the time limit", cause, false);
        }
        if (cause instanceof HttpTimeoutException) {
            return timeout(request, cause);
        }
        if (isUnknownHost(cause)) {
            return new TransportException(request.describe() + ": unknown host", cause, false);
        }
        if (cause instanceof SSLHandshakeException) {
            return new TransportException(
                    request.describe() + ": TLS handshake failed: " + reason(cause), cause, false);
        }
        boolean connected = !(cause instanceof ConnectException || cause instanceof NoRouteToHostException);
        String what = connected ? ": " : ": could not connect: ";
        return new TransportException(request.describe() + what + reason(cause), cause, connected);
    }

    /**
     * Translates a failure to reach a proxy, or to open a tunnel through it. Returns null for any other failure.
     *
     * @param proxy the proxy's host and port
     * @param credentials whether the proxy was sent credentials
     */
    static @Nullable ProxyException byProxy(
            TransportRequest request, String proxy, boolean credentials, Throwable cause) {
        String start = request.describe() + ": ";
        for (Throwable t = cause; t != null; t = t.getCause()) {
            Matcher tunnel = TUNNEL_FAILED.matcher(String.valueOf(t.getMessage()));
            if (!tunnel.matches()) {
                continue;
            }
            int status = Integer.parseInt(tunnel.group(1));
            // Tinyproxy sends 401 if the password is wrong.
            if (status == ProxyException.UNAUTHORIZED) {
                return proxyAuthentication(request, proxy, credentials, status);
            }
            return status == ProxyRelay.UNREACHABLE
                    ? new ProxyException(start + "could not connect to the proxy " + proxy, cause, 0)
                    : new ProxyException(
                            start + "the proxy " + proxy + " refused to connect to the server (status " + status + ")",
                            cause,
                            status);
        }
        if (isUnknownHost(cause)) {
            return new ProxyException(start + "unknown host of the proxy " + proxy, cause, 0);
        }
        return cause instanceof ConnectException || cause instanceof NoRouteToHostException
                ? new ProxyException(start + "could not connect to the proxy " + proxy + ": " + reason(cause), cause, 0)
                : null;
    }

    /** @param sent whether credentials were sent */
    static ProxyException proxyAuthentication(TransportRequest request, String proxy, boolean sent, int status) {
        String problem = sent
                ? " rejects the user name or password"
                : " requires a user name and password; set them with JdkTransport.Builder.proxy";
        return new ProxyException(
                request.describe() + ": the proxy " + proxy + problem + " (status " + status + ")", null, status);
    }

    static TransportException whileReading(TransportRequest request, Throwable cause) {
        return new TransportException(
                request.describe() + ": reading the body of the response failed: " + reason(cause), cause, true);
    }

    static TransportException badGzip(TransportRequest request, Throwable cause) {
        String what = cause instanceof EOFException ? "ends early" : "is invalid: " + reason(cause);
        return new TransportException(request.describe() + ": the gzip stream of the response " + what, cause, true);
    }

    static TransportException uploadFailed(TransportRequest request, Throwable cause, boolean sent) {
        return new TransportException(
                request.describe() + ": reading the body of the request failed: " + reason(cause), cause, sent);
    }

    static TransportTimeoutException timeout(TransportRequest request, @Nullable Throwable cause) {
        return new TransportTimeoutException(
                request.describe() + ": the time limit of the call was reached", cause, true);
    }

    static TransportTimeoutException noTimeLeft(TransportRequest request) {
        return new TransportTimeoutException(
                request.describe() + ": the time limit of the call was reached before the request was sent",
                null,
                false);
    }

    static TransportInterruptedException interrupted(TransportRequest request, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new TransportInterruptedException(request.describe() + ": interrupted", cause, true);
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first message in the chain (the JDK's top exception often has none), on one line and shortened. */
    private static String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = t.getMessage();
            if (message != null && !message.isBlank()) {
                return Excerpt.line(message, MAX_REASON);
            }
        }
        return failure.getClass().getSimpleName();
    }
}
