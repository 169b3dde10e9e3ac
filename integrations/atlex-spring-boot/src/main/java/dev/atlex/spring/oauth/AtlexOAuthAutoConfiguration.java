package dev.atlex.spring.oauth;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.client.CallObserver;
import dev.atlex.client.CallOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthOptions;
import dev.atlex.session.SessionListener;
import dev.atlex.session.store.SessionStore;
import dev.atlex.spring.AtlexAutoConfiguration;
import dev.atlex.spring.AtlexProperties;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets users sign in to a servlet application with OAuth. If an {@code atlex.oauth} property is set, creates an {@link
 * OAuthClient} and the sign-in endpoints, and resolves {@link SignedInUser} arguments of controllers.
 *
 * <p>Beans of these types are used if present: {@link ClientMetadata} and {@link ClientKeys} instead of the properties,
 * {@link OAuthOptionsCustomizer}, {@link SessionListener}, {@link CallObserver}, {@link IdentityResolver},
 * {@link CallOptions} and {@link BlueskyOptions}.
 *
 * <p>The application doesn't use the network or the database at startup.
 */
@AutoConfiguration(after = AtlexAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@Conditional(OnOAuthCondition.class)
@EnableConfigurationProperties(AtlexOAuthProperties.class)
public class AtlexOAuthAutoConfiguration {
    private static final String CLIENT = "atlexOAuthClient";

    /** Creates a configuration. */
    public AtlexOAuthAutoConfiguration() {}

    @Bean
    Site atlexOAuthSite(AtlexOAuthProperties properties, Environment environment) {
        String servlet = environment.getProperty("spring.mvc.servlet.path", "/");
        return Site.of(
                properties,
                environment.getProperty("server.servlet.context-path", ""),
                servlet.equals("/") ? "" : servlet);
    }

    @Bean
    ClientSettings atlexOAuthClientSettings(
            AtlexOAuthProperties properties,
            Site site,
            ObjectProvider<OAuthClient> client,
            ObjectProvider<ClientMetadata> metadata,
            ObjectProvider<ClientKeys> keys,
            ConfigurableListableBeanFactory beans) {
        ClientMetadata given = beans.containsBeanDefinition(CLIENT)
                ? metadata.getIfUnique()
                : client.getObject().metadata();
        return ClientSettings.of(properties, site, given, keys.getIfUnique());
    }

    /** Creates the client. The bean is lazy, because creating it with a database store opens a database connection. */
    @Bean(CLIENT)
    @Lazy
    @ConditionalOnMissingBean
    OAuthClient atlexOAuthClient(
            ClientSettings settings,
            SessionStore store,
            Transport transport,
            ObjectProvider<SessionListener> listeners,
            ObjectProvider<CallObserver> observer,
            ObjectProvider<IdentityResolver> identity,
            ObjectProvider<OAuthOptionsCustomizer> customizers) {
        List<SessionListener> all = listeners.orderedStream().toList();
        return OAuthClient.of(store, OAuthOptions.of(options -> {
            options.metadata(settings.metadata())
                    .transport(transport)
                    .listener(event -> all.forEach(listener -> listener.onEvent(event)));
            if (settings.keys() != null) {
                options.keys(settings.keys());
            }
            observer.ifUnique(options::observer);
            identity.ifUnique(options::identity);
            customizers.orderedStream().forEach(customizer -> customizer.customize(options));
        }));
    }

    @Bean
    SessionMaintenance atlexOAuthMaintenance(
            ObjectProvider<OAuthClient> client,
            ConfigurableListableBeanFactory beans,
            AtlexOAuthProperties properties,
            AtlexProperties general) {
        return new SessionMaintenance(
                client::getObject,
                () -> usedStore(beans),
                properties.maintainEvery(),
                properties.idleLimit(),
                general.shutdownTimeout());
    }

    private static @Nullable SessionStore usedStore(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForType(SessionStore.class, false, false)) {
            if (beans.getSingleton(name) instanceof SessionStore store) {
                return store;
            }
        }
        return null;
    }

    @Bean
    HttpSignIn atlexHttpSignIn(SessionMaintenance maintenance, AtlexOAuthProperties properties) {
        return new HttpSignIn(maintenance, properties.signOutOnTimeout());
    }

    @Bean
    ServletContextInitializer atlexHttpSessionCookie(Site site, Environment environment) {
        return new HttpSessionCookie(site, environment.containsProperty("server.servlet.session.cookie.same-site"));
    }

    @Bean
    SignedInUsers atlexSignedInUsers(ObjectProvider<OAuthClient> client, ObjectProvider<CallOptions> calls, Site site) {
        return new SignedInUsers(client, calls.getIfUnique(), site);
    }

    @Bean
    SignInPage atlexSignInPage(Site site, AtlexOAuthProperties properties) {
        return new SignInPage(site, properties.signInPage());
    }

    @Bean
    OAuthController atlexOAuthController(
            ObjectProvider<OAuthClient> client,
            AtlexOAuthProperties properties,
            Site site,
            SignInPage pages,
            HttpSignIn signIns) {
        return new OAuthController(client, properties, site, pages, signIns);
    }

    @Bean
    ClientMetadataController atlexClientMetadataController(ClientSettings settings) {
        return new ClientMetadataController(settings);
    }

    @Bean
    SignInExceptions atlexSignInExceptions(SignInPage pages) {
        return new SignInExceptions(pages);
    }

    @Bean
    CallExceptions atlexCallExceptions(ObjectProvider<Clock> clock) {
        return new CallExceptions(clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    WebMvcConfigurer atlexWebMvc(Site site, SignedInUsers users, ObjectProvider<UserType<?>> more) {
        Map<Class<?>, Function<SignedInUser, ?>> types = new HashMap<>(SignedInArguments.TYPES);
        more.forEach(type -> types.put(type.type(), type.of()));
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new SignedInArguments(users, types));
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new SignedInInterceptor(site));
            }
        };
    }

    /** An argument type from an optional module, and how to create it for a user. */
    record UserType<T>(Class<T> type, Function<SignedInUser, T> of) {}

    /** Adds {@link Bluesky} as an argument type for controllers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Bluesky.class)
    static class OnBluesky {
        @Bean
        UserType<Bluesky> atlexUserBluesky(ObjectProvider<BlueskyOptions> options) {
            BlueskyOptions used = options.getIfUnique(() -> BlueskyOptions.DEFAULTS);
            return new UserType<>(Bluesky.class, user -> Bluesky.of(user.session(), used));
        }
    }
}
