package dev.atlex.spring.oauth;

import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseBody;

/** A web application on a real server, whose users have accounts on a {@code LocalPds}. */
final class TestSite implements AutoCloseable {
    private final TestUsers users;
    private final ConfigurableApplicationContext context;
    private final URI url;

    private TestSite(TestUsers users, ConfigurableApplicationContext context, URI url) {
        this.users = users;
        this.context = context;
        this.url = url;
    }

    static TestSite start(TestUsers users, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "logging.level.root=ERROR",
                "atlex.oauth.scope=atproto transition:generic"));
        all.addAll(List.of(properties));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(all.toArray(String[]::new))
                .initializers(created -> {
                    created.getBeanFactory().registerSingleton("resolver", users.resolver());
                })
                .run();
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        String path = context.getEnvironment().getProperty("server.servlet.context-path", "");
        return new TestSite(users, context, URI.create("http://127.0.0.1:" + port + path));
    }

    URI url() {
        return url;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    Browser browser() {
        return new Browser(url);
    }

    /** Starts a sign-in, and returns the page of the authorization server. */
    URI login(Browser browser, TestAccount account) {
        return URI.create(Browser.location(browser.post("/oauth/login", "account=" + account.handle())));
    }

    /** Starts a sign-in, and returns the URL to which the server sends the user back. */
    String authorized(Browser browser, TestAccount account) {
        return users.pds().authorize(login(browser, account), account).toString();
    }

    Browser signIn(TestAccount account) {
        return signIn(browser(), account);
    }

    Browser signIn(Browser browser, TestAccount account) {
        Browser.location(browser.get(authorized(browser, account)));
        return browser;
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Pages pages(SignedInUsers users) {
            return new Pages(users);
        }

        @Bean
        @ConditionalOnProperty(name = "test.catch-all", matchIfMissing = true)
        CatchAll catchAll() {
            return new CatchAll();
        }
    }

    /** Many applications handle all exceptions. */
    @ControllerAdvice
    static class CatchAll {
        @ExceptionHandler(RuntimeException.class)
        @ResponseBody
        String caught(RuntimeException failure) {
            return "caught " + failure.getMessage();
        }
    }
}
