package dev.atlex.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates for a {@link JdkTransport}: certificates that it trusts in addition to the JVM's, and the client
 * certificate that it presents to servers that ask for one (mTLS). Immutable. Files are read when they are set.
 *
 * <pre>{@code
 * TlsOptions tls = TlsOptions.of(o -> o.trust(Path.of("company-ca.pem"))
 *         .clientCertificate(Path.of("client.pem"), Path.of("client-key.pem")));
 * Transport transport = JdkTransport.builder().tls(tls).build();
 * }</pre>
 */
public final class TlsOptions {
    /** The defaults: the JVM's certificates and no client certificate. */
    public static final TlsOptions DEFAULTS = of(options -> {});

    private final List<Certificate> trusted;
    private final boolean systemTrust;
    private final @Nullable KeyStore client;
    private final char[] password;

    private TlsOptions(Builder builder) {
        this.trusted = List.copyOf(builder.trusted);
        this.systemTrust = builder.systemTrust;
        this.client = builder.client;
        this.password = builder.password;
    }

    /**
     * Returns options configured by the function.
     *
     * @throws TlsException if a file can't be read or is invalid
     */
    public static TlsOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.trusted.addAll(trusted);
        builder.systemTrust = systemTrust;
        builder.client = client;
        builder.password = password;
        return builder;
    }

    /** Returns whether the JVM's certificates are trusted. */
    public boolean systemTrust() {
        return systemTrust;
    }

    /** Returns the certificates that are trusted besides the JVM's. */
    public List<Certificate> trusted() {
        return trusted;
    }

    /** Returns whether there is a certificate for servers that ask for one. */
    public boolean hasClientCertificate() {
        return client != null;
    }

    /**
     * Returns a TLS context with these options, for other HTTP clients.
     *
     * @throws TlsException if the JVM can't use the certificates
     */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("tls: failed to set up TLS: " + e.getMessage(), e);
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (client == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(client, password);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
        if (trusted.isEmpty() && systemTrust) {
            return null;
        }
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        List<Certificate> certificates = new ArrayList<>(trusted);
        if (systemTrust) {
            for (TrustManager manager : trustManagers(null)) {
                if (manager instanceof X509TrustManager system) {
                    certificates.addAll(List.<X509Certificate>of(system.getAcceptedIssuers()));
                }
            }
        }
        for (int i = 0; i < certificates.size(); i++) {
            all.setCertificateEntry("trusted-" + i, certificates.get(i));
        }
        return trustManagers(all);
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Returns how many certificates are trusted, and whether the other options are set. */
    @Override
    public String toString() {
        return "TlsOptions[trusted=" + trusted.size() + ", systemTrust=" + systemTrust + ", clientCertificate="
                + hasClientCertificate() + "]";
    }

    /** Builds {@link TlsOptions}. Not thread-safe. */
    public static final class Builder {
        private final List<Certificate> trusted = new ArrayList<>();
        private boolean systemTrust = true;
        private @Nullable KeyStore client;
        private char[] password = new char[0];

        private Builder() {}

        /**
         * Trusts certificates in addition to the JVM's, such as the certificate of a company's own certificate
         * authority.
         *
         * @param pem a PEM file with one or more certificates
         * @throws TlsException if it can't be read, or has no valid certificate
         */
        public Builder trust(Path pem) {
            trusted.addAll(PemFiles.certificates(pem));
            return this;
        }

        /** Sets whether to trust the JVM's certificates too. The default is true. */
        public Builder systemTrust(boolean systemTrust) {
            this.systemTrust = systemTrust;
            return this;
        }

        /**
         * Sets the certificate for servers that ask for one. By default, there is none.
         *
         * @param pem a PEM file with the certificate, followed by the certificates of its authorities
         * @param key a PEM file with its private key as unencrypted PKCS #8. It may be the same file
         * @throws TlsException if a file can't be read or is invalid
         */
        public Builder clientCertificate(Path pem, Path key) {
            List<Certificate> chain = PemFiles.certificates(pem);
            PrivateKey privateKey = PemFiles.key(key);
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("client", privateKey, new char[0], chain.toArray(Certificate[]::new));
                this.client = store;
                this.password = new char[0];
            } catch (GeneralSecurityException | IOException e) {
                throw new TlsException("tls: the key in " + key + " can't be used: " + e.getMessage(), e);
            }
            return this;
        }

        /**
         * Like {@link #clientCertificate(Path, Path)}, from a PKCS #12 file.
         *
         * @param pkcs12 a file with a private key and its certificate, such as {@code client.p12}
         * @param password the password of the file and the key
         * @throws TlsException if it can't be read, the password is wrong, or there is no key
         */
        public Builder clientCertificate(Path pkcs12, char[] password) {
            try (InputStream in = Files.newInputStream(pkcs12)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, password);
                boolean hasKey = false;
                for (String alias : Collections.list(store.aliases())) {
                    hasKey |= store.isKeyEntry(alias);
                }
                if (!hasKey) {
                    throw new TlsException("tls: " + pkcs12 + " has no private key", null);
                }
                this.client = store;
                this.password = password.clone();
            } catch (GeneralSecurityException | IOException e) {
                throw new TlsException("tls: failed to read " + pkcs12 + ": " + e.getMessage(), e);
            }
            return this;
        }

        /** Builds the options. */
        public TlsOptions build() {
            return new TlsOptions(this);
        }
    }
}
