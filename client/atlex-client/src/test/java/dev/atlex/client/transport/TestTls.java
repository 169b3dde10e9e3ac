package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates created by keytool, and HTTPS servers that use them. */
final class TestTls {
    static final String PASSWORD = "store-password";

    private final Path folder;

    TestTls(Path folder) {
        this.folder = folder;
    }

    /** Creates a key with a self-signed certificate for localhost and 127.0.0.1, and returns its PKCS12 file. */
    Path key(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        keytool("-genkeypair -alias " + name + " -keyalg EC -dname CN=" + name
                + " -ext san=ip:127.0.0.1,dns:localhost -ext bc:critical=ca:true -validity 3650 -keystore " + file);
        return file;
    }

    /** Writes the certificate of a key as PEM. */
    Path pem(String name) throws Exception {
        Path file = folder.resolve(name + ".pem");
        keytool("-exportcert -rfc -alias " + name + " -file " + file + " -keystore " + folder.resolve(name + ".p12"));
        return file;
    }

    private static void keytool(String arguments) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((tool + " " + arguments + " -storepass " + PASSWORD).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    static SSLContext context(Path own, List<Path> trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(own.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        for (Path path : trusted) {
            KeyStore one = KeyStore.getInstance(path.toFile(), PASSWORD.toCharArray());
            String alias = one.aliases().nextElement();
            others.setCertificateEntry(alias, one.getCertificate(alias));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(others);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static HttpsServer server(SSLContext tls, boolean clientCertificate, HttpHandler handler) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(clientCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", handler);
        server.start();
        return server;
    }
}
