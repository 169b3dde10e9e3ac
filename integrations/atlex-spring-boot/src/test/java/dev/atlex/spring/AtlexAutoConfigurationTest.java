package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.GetProfile;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.Credentials;
import dev.atlex.session.InvalidCredentialsException;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionListener;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AtlexAutoConfigurationTest {
    private static final String SIGN_IN = "com.atproto.server.createSession";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @TempDir
    private Path folder;

    @Test
    void testsRunWithTheNamedVersion() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
    }

    @Test
    void signsInAtTheFirstCallAndOnlyOnce(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            Client client = context.getBean(Client.class);
            Bluesky bsky = context.getBean(Bluesky.class);
            assertThat(pds.requests()).isEmpty();

            bsky.post("Hello from Spring");
            client.call(GetProfile.QUERY, p -> p.actor(alice.handle()));
            assertThat(context.getBean(PasswordSession.class).did()).isEqualTo(alice.did());
            assertThat(pds.count(SIGN_IN)).isEqualTo(1);
        });
    }

    @Test
    void concurrentFirstCallsSignInOnce(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).run(context -> {
            Client client = context.getBean(Client.class);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Object>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    calls.add(() -> client.call(GetProfile.QUERY, p -> p.actor(alice.handle())));
                }
                for (Future<Object> call : threads.invokeAll(calls)) {
                    call.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(pds.count(SIGN_IN)).isEqualTo(1);
        });
    }

    @Test
    void failedSignInReachesTheCallerAndIsTriedAgain(LocalPds pds, TestAccount alice) {
        String right = pds.createAppPassword(alice.did(), "bot");
        List<String> passwords = new ArrayList<>(List.of("wrong-password", right));
        Contexts.empty()
                .withBean(
                        Credentials.class,
                        () -> Credentials.of(pds.url(), AtIdentifier.of(alice.handle()), passwords.remove(0)),
                        definition -> definition.setScope("prototype"))
                .run(context -> {
                    Client client = context.getBean(Client.class);
                    assertThatThrownBy(() -> client.call(GetProfile.QUERY, p -> p.actor(alice.handle())))
                            .isInstanceOf(InvalidCredentialsException.class);
                    client.call(GetProfile.QUERY, p -> p.actor(alice.handle()));
                    assertThat(pds.count(SIGN_IN)).isEqualTo(2);
                });
    }

    @Test
    void withoutService_serverIsLookedUp(LocalPds pds, TestAccount alice) {
        Contexts.empty()
                .withPropertyValues(
                        "atlex.handle=" + alice.did(), "atlex.password=" + alice.password(), "atlex.service=")
                .withBean(
                        IdentityResolver.class,
                        () -> IdentityResolver.builder()
                                .plcUrl(pds.plcUrl())
                                .allowPrivateAddresses(true)
                                .build())
                .run(context -> {
                    context.getBean(Bluesky.class).post("Found my server");
                    assertThat(pds.count(SIGN_IN)).isEqualTo(1);
                });
    }

    @Test
    void withoutAccountThereIsAPoolButNoClient() {
        Contexts.empty()
                .run(context -> assertThat(context)
                        .hasSingleBean(AccountPool.class)
                        .hasSingleBean(Transport.class)
                        .doesNotHaveBean(Client.class)
                        .doesNotHaveBean(Bluesky.class)
                        .doesNotHaveBean(PasswordSession.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"atlex.handle=", "atlex.handle=  ", "atlex.handle=${BOT_HANDLE:}"})
    void emptyHandle_countsAsMissing(String property) {
        Contexts.empty()
                .withPropertyValues(property, "atlex.password=", "atlex.service=")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(AccountPool.class)
                        .doesNotHaveBean(Client.class)
                        .doesNotHaveBean(Bluesky.class)
                        .doesNotHaveBean(PasswordSession.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"atlex.store.path=", "atlex.store.path=${BOT_SESSIONS:}"})
    void emptyStorePath_countsAsMissing(String property) {
        Contexts.empty()
                .withPropertyValues(property)
                .run(context -> assertThat(context.getBean(SessionStore.class)).isInstanceOf(MemorySessionStore.class));
    }

    @Test
    void emptyHandle_doesNotHideACredentialsBean(LocalPds pds, TestAccount alice) {
        Contexts.empty()
                .withPropertyValues("atlex.handle=")
                .withBean(
                        Credentials.class,
                        () -> Credentials.of(pds.url(), AtIdentifier.of(alice.handle()), alice.password()))
                .run(context ->
                        assertThat(context.getBean(PasswordSession.class).did()).isEqualTo(alice.did()));
    }

    @Test
    void withoutBlueskyThereIsAClient(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice)
                .withClassLoader(new FilteredClassLoader(
                        "dev.atlex.bluesky", "dev.atlex.micrometer", "dev.atlex.session.postgres"))
                .run(context -> assertThat(context).hasSingleBean(Client.class).doesNotHaveBean("atlexBluesky"));
    }

    @Test
    void applicationsBeansTakePrecedence(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).withUserConfiguration(OwnBeans.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Transport.class)).isSameAs(OwnBeans.TRANSPORT);
            assertThat(context.getBean(SessionStore.class)).isSameAs(OwnBeans.STORE);
            context.getBean(Client.class).call(GetProfile.QUERY, p -> p.actor(alice.handle()));
            assertThat(context.getBean(OwnBeans.class).events).hasAtLeastOneElementOfType(SessionEvent.SignedIn.class);
            assertThat(pds.requests().get(0).headers().toString()).contains("own/1");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {
        static final Transport TRANSPORT =
                JdkTransport.builder().userAgent("own/1").build();
        static final SessionStore STORE = new MemorySessionStore();
        final List<SessionEvent> events = new ArrayList<>();

        @Bean
        Transport transport() {
            return TRANSPORT;
        }

        @Bean
        SessionStore store() {
            return STORE;
        }

        @Bean
        SessionListener listener() {
            return events::add;
        }
    }

    @Test
    void clientsUseTheApplicationsSession(LocalPds pds, TestAccount alice) {
        Contexts.empty()
                .withBean(
                        "mine",
                        PasswordSession.class,
                        () -> PasswordSession.login(pds.url().toString(), alice.handle(), alice.password()),
                        d -> d.setLazyInit(true))
                .run(context -> {
                    assertThat(pds.requests()).isEmpty();
                    context.getBean(Bluesky.class).post("Mine");
                    assertThat(context.getBean(Client.class).agent().did()).isEqualTo(alice.did());
                    assertThat(pds.count(SIGN_IN)).isEqualTo(1);
                });
    }

    @Test
    void failureOfApplicationSessionReachesCaller(LocalPds pds, TestAccount alice) {
        Contexts.empty()
                .withBean(
                        PasswordSession.class,
                        () -> PasswordSession.login(pds.url().toString(), alice.handle(), "wrong-password"),
                        definition -> definition.setLazyInit(true))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Bluesky.class).post("x"))
                        .isInstanceOf(InvalidCredentialsException.class));
    }

    @Test
    void sslBundleConfiguresTls(LocalPds pds, TestAccount alice) {
        AtomicInteger created = new AtomicInteger();
        SslBundle bundle = new SslBundle() {
            private final SslBundle target = SslBundle.of(SslStoreBundle.NONE);

            @Override
            public SslStoreBundle getStores() {
                return target.getStores();
            }

            @Override
            public SslBundleKey getKey() {
                return target.getKey();
            }

            @Override
            public SslOptions getOptions() {
                return target.getOptions();
            }

            @Override
            public String getProtocol() {
                return target.getProtocol();
            }

            @Override
            public SslManagerBundle getManagers() {
                created.incrementAndGet();
                return target.getManagers();
            }
        };
        ApplicationContextRunner runner = Contexts.of(pds, alice)
                .withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("company", bundle));
        runner.withPropertyValues("atlex.ssl-bundle=company").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(created).hasPositiveValue();
        });
        runner.withPropertyValues("atlex.ssl-bundle=other")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("SSL bundle name 'other' cannot be found"));
    }

    @Test
    void propertiesConfigureTheTransport(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice)
                .withPropertyValues("atlex.user-agent=mybot/1.0 (+https://example.com)", "atlex.timeout=7s")
                .run(context -> {
                    assertThat(context.getBean(Transport.class).toString()).contains("mybot/1.0", "PT7S");
                    context.getBean(Bluesky.class).post("x");
                    assertThat(pds.requests())
                            .allSatisfy(request -> assertThat(request.headers().toString())
                                    .contains("mybot/1.0 (+https://example.com)"));
                });
        Contexts.of(pds, alice)
                .withPropertyValues("atlex.proxy=http://user:secret-word@127.0.0.1:1", "atlex.no-proxy=10.0.0.0/8")
                .run(context -> {
                    Transport transport = context.getBean(Transport.class);
                    assertThat(transport.isProxied(URI.create("https://bsky.social")))
                            .isTrue();
                    assertThat(transport.isProxied(URI.create("https://10.1.2.3")))
                            .isFalse();
                });
    }

    @Test
    void fileStoreSurvivesARestart(LocalPds pds, TestAccount alice) {
        String key = "atlex.store.encryption-key=" + "A".repeat(43) + "=";
        Path sessions = folder.resolve("sessions");
        for (int start = 0; start < 2; start++) {
            Contexts.of(pds, alice)
                    .withPropertyValues("atlex.store.path=" + sessions, key)
                    .run(context -> {
                        assertThat(context.getBean(SessionStore.class)).isInstanceOf(FileSessionStore.class);
                        context.getBean(Bluesky.class).post("x");
                    });
        }
        assertThat(pds.count(SIGN_IN)).isEqualTo(1);
        assertThat(sessions.resolve(".encrypted")).matches(Files::exists);
    }

    @Test
    void startupFailure_namesWrongProperty(LocalPds pds, TestAccount alice) {
        assertFails("atlex.password: missing", "atlex.handle=a.test");
        assertFails(
                "atlex.service, atlex.handle or atlex.password",
                "atlex.handle=a.test",
                "atlex.password=p",
                "atlex.service=ftp://x");
        assertFails("atlex.store.path: expected a folder", "atlex.store.type=file");
        assertFails("(got 3 bytes)", "atlex.store.path=/x", "atlex.store.encryption-key=AAAA");
        assertFails(
                "a key or a passphrase",
                "atlex.store.path=/x",
                "atlex.store.encryption-key=AAAA",
                "atlex.store.encryption-passphrase=y");
        assertFails("only a file store is encrypted", "atlex.store.encryption-passphrase=y");
        assertFails("the URL of an HTTP proxy", "atlex.proxy=socks5://x");
    }

    private static void assertFails(String message, String... properties) {
        Contexts.empty().withPropertyValues(properties).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).hasStackTraceContaining(message);
        });
    }

    @Test
    void poolSharesStoreAndSettings(LocalPds pds, TestAccount alice) {
        Contexts.empty().withPropertyValues("atlex.pool.max-open=3").run(context -> {
            AccountPool pool = context.getBean(AccountPool.class);
            pool.open(Credentials.of(pds.url(), AtIdentifier.of(alice.handle()), alice.password()));
            assertThat(pool.accounts()).containsExactly(alice.did());
            assertThat(pool).hasToString("AccountPool[" + context.getBean(SessionStore.class) + ", 1 open]");
        });
    }
}
