package dev.atlex.spring.boot4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.Bluesky;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The POM runs this test a second time, without the classes for health indicators. */
class WithoutActuatorTest {
    @EnableAutoConfiguration
    static class App {}

    @Test
    void applicationStarts() {
        boolean expected = !Boolean.getBoolean("without.actuator");
        new ApplicationContextRunner()
                .withUserConfiguration(App.class)
                .withPropertyValues("atlex.service=https://pds.test", "atlex.handle=a.test", "atlex.password=p")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Bluesky.class);
                    assertThat(context.containsBean("atlexHealthIndicator")).isEqualTo(expected);
                });
    }
}
