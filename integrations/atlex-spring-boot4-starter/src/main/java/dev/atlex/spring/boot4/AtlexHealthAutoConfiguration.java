package dev.atlex.spring.boot4;

import dev.atlex.spring.AtlexAutoConfiguration;
import dev.atlex.spring.AtlexHealth;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds the health indicator {@code atlex}, unless {@code management.health.atlex.enabled} is false. */
@AutoConfiguration(after = AtlexAutoConfiguration.class, before = HealthContributorAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("atlex")
public class AtlexHealthAutoConfiguration {
    /** Creates a configuration. */
    public AtlexHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnBean(AtlexHealth.class)
    @ConditionalOnMissingBean(name = "atlexHealthIndicator")
    HealthIndicator atlexHealthIndicator(AtlexHealth health) {
        return new AtlexHealthIndicator(health);
    }
}
