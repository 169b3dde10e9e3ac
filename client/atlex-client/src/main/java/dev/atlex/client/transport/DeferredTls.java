package dev.atlex.client.transport;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's default TLS context, created for the first TLS connection. {@code java.net.http} creates it for each new
 * client, and reading all trusted certificates takes longer than a whole request to a server without TLS, such as a
 * local one.
 */
final class DeferredTls extends SSLContextSpi {
    /** The protocols that {@code java.net.http} enables, unless the JVM's settings say otherwise. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private @Nullable SSLContext context;

    private DeferredTls() {}

    /**
     * Returns a context that behaves like the JVM's default, or null if the JVM's settings choose the protocols: those
     * are known only to the real context.
     */
    static @Nullable SSLContext context() {
        return System.getProperty("jdk.tls.client.protocols") == null ? new Deferred() : null;
    }

    private static final class Deferred extends SSLContext {
        Deferred() {
            super(new DeferredTls(), null, "Default");
        }
    }

    private synchronized SSLContext real() {
        if (context == null) {
            try {
                context = SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("can't create the JVM's default TLS context", e);
            }
        }
        return context;
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("the default context can't be initialized");
    }

    /** Without cipher suites, an engine keeps its own. */
    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters(null, PROTOCOLS);
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return real().getSupportedSSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return real().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return real().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return real().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
        return real().createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return real().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return real().getClientSessionContext();
    }
}
