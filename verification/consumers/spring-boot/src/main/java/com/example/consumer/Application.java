package com.example.consumer;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.Credentials;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.SessionOptions;
import dev.atlex.micrometer.SessionMetrics;
import dev.atlex.testkit.LocalPds;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Keeps its sessions as beans and reports metrics to the application's registry. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
            run(
                    context.getBean(AccountPool.class),
                    context.getBean(LocalPds.class),
                    context.getBean(MeterRegistry.class));
        }
        System.out.println("Done: Spring Boot " + SpringBootVersion.getVersion() + ", "
                + MeterRegistry.class.getProtectionDomain().getCodeSource().getLocation().getPath().replaceAll(".*/", ""));
    }

    @Bean
    LocalPds pds() {
        return LocalPds.start(o -> o.account("alice.test", "password"));
    }

    @Bean
    SessionMetrics sessionMetrics(MeterRegistry registry) {
        return new SessionMetrics(registry);
    }

    @Bean
    AccountPool accounts(SessionMetrics metrics) {
        SessionOptions session = SessionOptions.of(o -> o.listener(metrics));
        AccountPool pool = AccountPool.create(new MemorySessionStore(), PoolOptions.of(o -> o.session(session)));
        metrics.watch(pool);
        return pool;
    }

    private static void run(AccountPool accounts, LocalPds pds, MeterRegistry registry) {
        PasswordSession session = accounts.open(Credentials.of(pds.url().toString(), "alice.test", "password"));
        Bluesky bsky = Bluesky.of(accounts.agent(session.did()));
        Posted posted = bsky.post("Hello from Spring Boot! #java");
        session.refresh();
        check(bsky.timeline().anyMatch(item -> item.post().uri().equals(posted.uri())), "the post");
        check(registry.get("atlex.session.logins").counter().count() == 1, "the counter of sign-ins");
        check(registry.get("atlex.session.refresh").timer().count() == 1, "the timer of refreshes");
        check(registry.get("atlex.session.open").gauge().value() == 1, "the gauge of open sessions");
        session.logout();
        check(registry.get("atlex.session.logouts").counter().count() == 1, "the counter of logouts");
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what);
        }
        System.out.println("  " + what + ": ok");
    }
}
