package dev.atlex.spring;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with all of Atlex's auto-configurations. */
final class Contexts {
    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AtlexAutoConfiguration.class,
                    AtlexJacksonAutoConfiguration.class,
                    AtlexMetricsAutoConfiguration.class,
                    AtlexStreamsAutoConfiguration.class));

    private Contexts() {}

    /** Returns a context without an account. */
    static ApplicationContextRunner empty() {
        return RUNNER;
    }

    /** Returns a context with an account on a server. */
    static ApplicationContextRunner of(LocalPds pds, TestAccount account) {
        return RUNNER.withPropertyValues(
                "atlex.service=" + pds.url(),
                "atlex.handle=" + account.handle(),
                "atlex.password=" + account.password());
    }
}
