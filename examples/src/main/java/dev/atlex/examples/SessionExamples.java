package dev.atlex.examples;

import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.Agent;
import dev.atlex.client.CallObserver;
import dev.atlex.client.Client;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.ProxyOptions;
import dev.atlex.client.transport.TlsOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimitListener;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/**
 * The examples of {@code docs/sessions.md}, {@code docs/many-accounts.md}, {@code docs/configuration.md},
 * {@code docs/monitoring.md} and {@code docs/stores-and-encryption.md}.
 */
final class SessionExamples {
    private static final Logger log = Logger.getLogger(SessionExamples.class.getName());

    private SessionExamples() {}

    static PasswordSession listen(SessionStore store, String service, String handle, String appPassword) {
        PasswordSession session = PasswordSession.open(
                Credentials.of(service, handle, appPassword),
                store,
                o -> o.listener(event -> log.info(event.toString())));
        return session;
    }

    static void manyAccounts(SessionStore store, String service, String handle, String appPassword) {
        try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.rateLimiter(RateLimiter.create())))) {
            pool.open(Credentials.of(service, handle, appPassword)); // once for each account; the store remembers it
            for (Did did : pool.accounts()) {
                pool.client(did).call(CheckAccountStatus.QUERY);
            }
        }
    }

    static Client rateLimits(PasswordSession session) {
        RateLimiter rateLimiter = RateLimiter.create();
        Client client = new Client(rateLimiter.wrap(session));
        return client;
    }

    static PoolOptions metrics(SessionListener metrics) {
        PoolOptions options = PoolOptions.of(o -> o.session(s -> s.listener(metrics)));
        return options;
    }

    static Agent http(SSLContext sslContext) {
        Transport transport = JdkTransport.builder()
                .userAgent("mybot/1.0 (+https://example.com/bot)")
                .connectTimeout(Duration.ofSeconds(5))
                .proxyFromEnvironment()
                .sslContext(sslContext)
                .build();
        SessionOptions options = SessionOptions.of(o -> o.transport(transport));
        Agent agent = Agent.of("https://public.api.bsky.app", transport);
        System.out.println(options);
        return agent;
    }

    static Transport proxy(String password) {
        ProxyOptions proxy = ProxyOptions.of(o -> o.url("http://proxy.example.com:8080")
                .credentials("user", password)
                .noProxy("localhost", "intranet.example.com", "10.0.0.0/8"));
        Transport transport = JdkTransport.builder().proxy(proxy).build();
        return transport;
    }

    static Transport certificates() {
        TlsOptions tls = TlsOptions.of(o ->
                o.trust(Path.of("company-ca.pem")).clientCertificate(Path.of("client.pem"), Path.of("client-key.pem")));
        Transport transport = JdkTransport.builder().tls(tls).build();
        return transport;
    }

    static PasswordSession environment(SessionStore store) {
        PasswordSession session = PasswordSession.open(Credentials.fromEnvironment(), store);
        return session;
    }

    static SessionOptions monitoring(CallObserver calls, SessionListener sessions, RateLimitListener waits) {
        SessionOptions options = SessionOptions.of(o -> o.observer(calls).listener(sessions));
        RateLimiter rateLimiter = RateLimiter.create(o -> o.listener(waits));
        System.out.println(rateLimiter);
        return options;
    }

    static SessionStore encryption(char[] passphrase) {
        StoreEncryptionKey key = StoreEncryptionKey.ofPassphrase(passphrase);
        SessionStore store = FileSessionStore.encrypted(Path.of("sessions"), key);
        return store;
    }
}
