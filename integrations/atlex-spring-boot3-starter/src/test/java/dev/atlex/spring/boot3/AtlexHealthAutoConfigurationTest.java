package dev.atlex.spring.boot3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.spring.AtlexAutoConfiguration;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AtlexHealthAutoConfigurationTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static ApplicationContextRunner runner(LocalPds pds, TestAccount account) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AtlexAutoConfiguration.class, AtlexHealthAutoConfiguration.class))
                .withPropertyValues(
                        "atlex.service=" + pds.url(),
                        "atlex.handle=" + account.handle(),
                        "atlex.password=" + account.password());
    }

    @Test
    void isUnknownThenUpThenDown(LocalPds pds, TestAccount alice) {
        runner(pds, alice).run(context -> {
            HealthIndicator indicator = context.getBean("atlexHealthIndicator", HealthIndicator.class);
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(pds.requests()).isEmpty();

            Bluesky bsky = context.getBean(Bluesky.class);
            bsky.post("x");
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);

            pds.takedown(alice.did());
            pds.expireAccessTokens();
            assertThatThrownBy(() -> bsky.post("y")).isNotNull();
            Health down = indicator.health();
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(down.getDetails()).containsEntry("accountStatus", "takendown");
        });
    }

    @Test
    void emptyHandle_startsWithoutAnAccount(LocalPds pds, TestAccount alice) {
        runner(pds, alice).withPropertyValues("atlex.handle=").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Bluesky.class);
            HealthIndicator indicator = context.getBean("atlexHealthIndicator", HealthIndicator.class);
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
        });
    }

    @Test
    void canBeDisabled(LocalPds pds, TestAccount alice) {
        runner(pds, alice)
                .withPropertyValues("management.health.atlex.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }
}
