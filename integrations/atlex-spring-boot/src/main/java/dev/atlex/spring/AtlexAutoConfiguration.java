package dev.atlex.spring;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.client.CallObserver;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.ProxyOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionListener;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.SessionStore;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Creates a {@link Transport}, a {@link SessionStore}, an {@link AccountPool} and, if there is an account, a
 * {@link PasswordSession}, a {@link Client} and a {@link Bluesky}, unless the application defines its own.
 *
 * <p>None of these beans uses the network or the database at startup. A client signs in at its first call, and
 * concurrent first calls share one sign-in. If it fails, these calls throw the exception, and the next call tries
 * again, within the session's {@link dev.atlex.session.SignInLimit}.
 *
 * <p>Beans of these types configure the sessions, if there are any: {@link SessionOptionsCustomizer},
 * {@link SessionListener}, {@link CallObserver}, {@link IdentityResolver}, {@link RateLimiter} (for the pool),
 * {@link CallOptions} (for the {@link Client}) and {@link BlueskyOptions}. A {@link Credentials} bean replaces
 * {@code atlex.service}, {@code atlex.handle} and {@code atlex.password}.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration", // Spring Boot 3
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" // Spring Boot 4
        })
@EnableConfigurationProperties(AtlexProperties.class)
public class AtlexAutoConfiguration {
    /** Creates a configuration. */
    public AtlexAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Transport atlexTransport(AtlexProperties properties, ObjectProvider<SslBundles> bundles) {
        JdkTransport.Builder transport =
                JdkTransport.builder().defaultTimeout(properties.timeout()).connectTimeout(properties.connectTimeout());
        String proxy = properties.proxy();
        if (proxy != null) {
            transport.proxy(ProxyOptions.of(
                    o -> o.url(proxy).noProxy(properties.noProxy().toArray(String[]::new))));
        }
        String bundle = properties.sslBundle();
        if (bundle != null) {
            transport.sslContext(bundles.getObject().getBundle(bundle).createSslContext());
        }
        String userAgent = properties.userAgent();
        if (userAgent != null) {
            transport.userAgent(userAgent);
        }
        return transport.build();
    }

    @Bean
    StoreFactory atlexStoreFactory(AtlexProperties properties, ObjectProvider<DataSource> sources) {
        StoreFactory factory = new StoreFactory(properties.store(), sources);
        factory.check();
        return factory;
    }

    /** Creates the store. The bean is lazy, because a database store connects to its database. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    SessionStore atlexSessionStore(StoreFactory factory) {
        return factory.create();
    }

    /** Creates the options for all sessions, without a store. */
    @Bean
    SessionSettings atlexSessionSettings(
            Transport transport,
            ObjectProvider<SessionListener> listeners,
            ObjectProvider<CallObserver> observer,
            ObjectProvider<IdentityResolver> identity,
            ObjectProvider<SessionOptionsCustomizer> customizers) {
        List<SessionListener> all = listeners.orderedStream().toList();
        return new SessionSettings(SessionOptions.of(options -> {
            options.transport(transport).listener(event -> all.forEach(listener -> listener.onEvent(event)));
            observer.ifUnique(options::observer);
            identity.ifUnique(options::identity);
            customizers.orderedStream().forEach(customizer -> customizer.customize(options));
        }));
    }

    /** Creates the pool. The bean is lazy, because applications with one account don't need it. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    AccountPool atlexAccountPool(
            SessionStore store,
            SessionSettings settings,
            AtlexProperties properties,
            ObjectProvider<OAuthClient> clients,
            ObjectProvider<RateLimiter> limiter) {
        AtlexProperties.Pool pool = properties.pool();
        return AccountPool.create(store, PoolOptions.of(options -> {
            options.session(settings.options())
                    .parallelism(pool.parallelism())
                    .maintainEvery(pool.maintainEvery())
                    .closeWithin(pool.closeWithin());
            if (pool.maxOpen() != null) {
                options.maxOpen(pool.maxOpen());
            }
            limiter.ifUnique(options::rateLimiter);
            clients.orderedStream().forEach(client -> options.source(client.sessions()));
        }));
    }

    @Bean
    AtlexHealth atlexHealth(
            ConfigurableListableBeanFactory beans, ObjectProvider<AccountSession> account, SessionSettings settings) {
        return new AtlexHealth(
                beans, account.getIfAvailable(), settings.options().clock());
    }

    @Bean
    SessionShutdown atlexSessionShutdown(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<AccountSession> account,
            SessionSettings settings,
            AtlexProperties properties) {
        return new SessionShutdown(beans, account.getIfAvailable(), settings.options(), properties.shutdownTimeout());
    }

    /** Creates the beans for the application's own account. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnAccountCondition.class)
    static class Account {
        private static final String SESSION = "atlexSession";

        // This bean has no destroy method, because SessionShutdown closes it within a time limit.
        @Bean(destroyMethod = "")
        AccountSession atlexAccountSession(
                AtlexProperties properties,
                ObjectProvider<Credentials> credentials,
                ObjectProvider<PasswordSession> session,
                ObjectProvider<SessionStore> store,
                ConfigurableListableBeanFactory beans,
                SessionSettings settings) {
            if (!beans.containsBeanDefinition(SESSION)) {
                return AccountSession.ofBean(session::getObject);
            }
            boolean given = beans.getBeanNamesForType(Credentials.class, true, false).length > 0;
            Supplier<Credentials> source =
                    given ? credentials::getObject : PropertyCredentials.of(properties, settings.options());
            return AccountSession.opening(() -> settings.open(source.get(), store.getObject()));
        }

        /** Returns the account's session. The bean is lazy, because creating it signs in. */
        @Bean(name = SESSION, destroyMethod = "")
        @Lazy
        @ConditionalOnMissingBean
        PasswordSession atlexSession(AccountSession account) {
            return account.session();
        }

        @Bean
        @ConditionalOnMissingBean
        Client atlexClient(AccountSession account, ObjectProvider<CallOptions> options) {
            CallOptions set = options.getIfUnique();
            return set == null ? new Client(account.agent()) : new Client(account.agent(), set);
        }

        /** Creates the {@link Bluesky} bean for the application's account. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(Bluesky.class)
        static class OnBluesky {
            @Bean
            @ConditionalOnMissingBean
            Bluesky atlexBluesky(AccountSession account, ObjectProvider<BlueskyOptions> options) {
                return Bluesky.of(account.agent(), options.getIfUnique(() -> BlueskyOptions.DEFAULTS));
            }
        }
    }
}
