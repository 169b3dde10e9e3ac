package dev.atlex.spring;

import dev.atlex.micrometer.ObservedCalls;
import dev.atlex.micrometer.SessionMetrics;
import dev.atlex.session.pool.AccountPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Records metrics of sessions and observes calls, if {@code atlex-micrometer} and Micrometer's registries are
 * available.
 */
@AutoConfiguration(
        afterName = {
            // Spring Boot 3
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            // Spring Boot 4
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({SessionMetrics.class, MeterRegistry.class})
public class AtlexMetricsAutoConfiguration {
    /** Creates a configuration. */
    public AtlexMetricsAutoConfiguration() {}

    /** Registers the metrics of sessions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MeterRegistry.class)
    static class Sessions {
        @Bean
        @ConditionalOnMissingBean
        SessionMetrics atlexSessionMetrics(MeterRegistry registry) {
            return new SessionMetrics(registry);
        }

        /** Registers the pool's metrics once the pool is created, because its bean is lazy. */
        @Bean
        static BeanPostProcessor atlexPoolMetrics(ObjectProvider<SessionMetrics> metrics) {
            return new CreatedBeans<>(AccountPool.class, pool -> metrics.ifUnique(found -> found.watch(pool)));
        }
    }

    /** Registers the metrics and traces of calls. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(ObservationRegistry.class)
    static class Calls {
        @Bean
        @ConditionalOnMissingBean
        ObservedCalls atlexObservedCalls(ObservationRegistry registry) {
            return new ObservedCalls(registry);
        }
    }
}
