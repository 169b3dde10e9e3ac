package dev.atlex.spring.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.spring.AtlexAutoConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.servlet.DispatcherServlet;

class OAuthPropertiesTest {
    private static final AutoConfigurations CONFIGURATIONS =
            AutoConfigurations.of(AtlexAutoConfiguration.class, AtlexOAuthAutoConfiguration.class);
    private static final WebApplicationContextRunner SITE = new WebApplicationContextRunner()
            .withConfiguration(CONFIGURATIONS)
            .withPropertyValues("atlex.oauth.scope=atproto");
    private static final WebApplicationContextRunner PUBLISHED =
            SITE.withPropertyValues("atlex.oauth.site-url=https://app.example.com");

    @TempDir
    private Path folder;

    private static void assertFails(WebApplicationContextRunner site, String message) {
        site.run(context -> {
            assertThat(context).hasFailed();
            assertThat(messages(context.getStartupFailure())).anyMatch(one -> one.startsWith(message));
        });
    }

    private static List<String> messages(@Nullable Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()));
        }
        return messages;
    }

    @Test
    void withoutProperties_thereIsNoSignIn() {
        new WebApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OAuthClient.class));
    }

    @Test
    void outsideOfServletApplications_thereIsNoSignIn() {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues("atlex.oauth.scope=atproto");
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OAuthClient.class));
        runner.withClassLoader(new FilteredClassLoader(DispatcherServlet.class, jakarta.servlet.Servlet.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OAuthClient.class));
    }

    @Test
    void development_hasALoopbackClient() {
        SITE.withPropertyValues("server.servlet.context-path=/app").run(context -> {
            ClientMetadata metadata = context.getBean(OAuthClient.class).metadata();
            assertThat(metadata.isLoopback()).isTrue();
            assertThat(metadata.redirectUris()).containsExactly(URI.create("http://127.0.0.1/app/oauth/callback"));
        });
    }

    @Test
    void publicClient_isPublished() {
        PUBLISHED
                .withPropertyValues("atlex.oauth.metadata-path=/client.json", "atlex.oauth.callback-path=/login/return")
                .run(context -> {
                    ClientMetadata metadata = context.getBean(OAuthClient.class).metadata();
                    assertThat(metadata.isConfidential()).isFalse();
                    assertThat(metadata.clientId()).hasToString("https://app.example.com/client.json");
                    assertThat(metadata.redirectUris())
                            .containsExactly(URI.create("https://app.example.com/login/return"));
                });
    }

    @Test
    void keysOfAFile_makeAConfidentialClient() {
        Path file = folder.resolve("keys.json");
        ClientKeys keys = ClientKeys.generate();
        keys.save(file);

        PUBLISHED
                .withPropertyValues("atlex.oauth.keys-file=" + file, "atlex.oauth.separate-keys=true")
                .run(context -> {
                    ClientMetadata metadata = context.getBean(OAuthClient.class).metadata();
                    assertThat(metadata.isConfidential()).isTrue();
                    assertThat(metadata.toJson())
                            .contains("\"jwks_uri\":\"https://app.example.com/oauth/jwks.json\"")
                            .doesNotContain(keys.kids().get(0));
                });
    }

    @Test
    void storeIsNotOpenedAtStartup() {
        AtomicInteger opened = new AtomicInteger();
        SITE.withBean(
                        SessionStore.class,
                        () -> {
                            opened.incrementAndGet();
                            return new MemorySessionStore();
                        },
                        definition -> definition.setLazyInit(true))
                .run(context -> assertThat(opened).hasValue(0));
    }

    @Test
    void beansOfTheApplication_areUsed() {
        Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC);
        ClientMetadata own = ClientMetadata.loopback(scopes, URI.create("http://127.0.0.1/oauth/callback"));
        WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS);

        runner.withBean(ClientMetadata.class, () -> own)
                .run(context -> assertThat(context.getBean(OAuthClient.class).metadata())
                        .isEqualTo(own));
        OAuthClient client = OAuthClient.of(new MemorySessionStore(), o -> o.metadata(own));
        runner.withBean(OAuthClient.class, () -> client)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SignedInUsers.class));
    }

    @Test
    void customizer_changesTheOptions() {
        Scopes scopes = Scopes.of(Scope.ATPROTO);
        ClientMetadata other = ClientMetadata.loopback(scopes, URI.create("http://127.0.0.1/other"));

        SITE.withBean(OAuthOptionsCustomizer.class, () -> options -> options.metadata(other))
                .run(context -> assertThat(context.getBean(OAuthClient.class).metadata())
                        .isEqualTo(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "atlex.oauth.scope= | atlex.oauth.scope: missing; list the scopes",
                "atlex.oauth.scope=repo:x | atlex.oauth.scope: invalid client metadata: scope",
                "atlex.oauth.scope=tränsition | atlex.oauth.scope:",
                "atlex.oauth.site-url=http://app.example.com | atlex.oauth.site-url: expected an https URL",
                "atlex.oauth.site-url=https://app.example.com/?x | atlex.oauth.site-url: expected an https URL",
                "atlex.oauth.site-url=https://app.example.com:8443 | atlex.oauth.site-url: invalid client metadata: client_id",
                "atlex.oauth.site-url=app | atlex.oauth.site-url: expected an https URL",
                "atlex.oauth.logo-url=ftp://x | atlex.oauth.logo-url: invalid client metadata: logo_uri",
                "atlex.oauth.login-path=login | atlex.oauth.login-path: expected a path such as /oauth/login (got \"login\")",
                "atlex.oauth.callback-path=/a/{b} | atlex.oauth.callback-path: expected a path",
                "atlex.oauth.jwks-path=/oauth/login | atlex.oauth.jwks-path: is the path of another endpoint",
                "atlex.oauth.sign-in-page=https://x.example.com/ | atlex.oauth.sign-in-page: expected a path of this site",
                "atlex.oauth.after-login=//evil | atlex.oauth.after-login: expected a path of this site",
                "atlex.oauth.allowed-origins=admin.example.com | atlex.oauth.allowed-origins: expected origins",
                "atlex.oauth.separate-keys=true | atlex.oauth.separate-keys: needs keys",
                "atlex.oauth.keys-file=/missing/keys.json | atlex.oauth.keys-file: client keys: /missing/keys.json doesn't exist",
                "atlex.oauth.maintain-every=0s | atlex.oauth.maintain-every: expected at least PT1S (got PT0S)",
                "atlex.oauth.idle-limit=1h | atlex.oauth.idle-limit: expected at least PT24H",
            })
    void mistake_isNamedAtStartup(String property, String message) {
        assertFails(PUBLISHED.withPropertyValues(property), message);
    }

    @Test
    void mistakeInKeys_showsNoKey() {
        String json = ClientKeys.generate().toJson();
        String secret = json.replaceAll(".*\"d\":\"([^\"]*)\".*", "$1");

        PUBLISHED
                .withPropertyValues("atlex.oauth.keys=" + json.replace("P-256", "P-999"))
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(messages(context.getStartupFailure()))
                            .noneMatch(one -> one.contains(secret))
                            .anyMatch(one -> one.startsWith("atlex.oauth.keys: client keys: JWK set: keys[0]"));
                });
        assertFails(
                PUBLISHED.withPropertyValues("atlex.oauth.keys=x", "atlex.oauth.keys-file=y"),
                "atlex.oauth.keys: expected keys or a keys-file (got both)");
        assertFails(SITE.withPropertyValues("atlex.oauth.keys=" + json), "atlex.oauth.site-url: missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site-url", "allowed-origins", "sign-in-page", "after-login", "after-logout"})
    void mistakeInUrl_showsNoPassword(String property) {
        String name = "atlex.oauth." + property;

        PUBLISHED
                .withPropertyValues(name + "=https://user:hunter2@app.example.com")
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(messages(context.getStartupFailure()))
                            .noneMatch(one -> one.contains("hunter2"))
                            .anyMatch(one -> one.startsWith(name + ": expected"));
                });
    }

    @Test
    void properties_showNoSecrets() {
        AtlexOAuthProperties[] found = new AtlexOAuthProperties[1];
        PUBLISHED
                .withPropertyValues("atlex.oauth.keys=" + ClientKeys.generate().toJson())
                .run(context -> found[0] = context.getBean(AtlexOAuthProperties.class));

        assertThat(found[0]).asString().contains("https://app.example.com").doesNotContain("\"d\"");
        assertThat(List.of(found[0].loginPath(), found[0].signInPage())).containsExactly("/oauth/login", "/");
    }
}
