package dev.atlex.spring;

import dev.atlex.micrometer.StreamMetrics;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.streams.EventStream;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Supports {@link StreamRunner} beans, if {@code atlex-streams} is available: a {@link CursorStore} in the
 * application's session store, their health, and their metrics.
 */
@AutoConfiguration(after = {AtlexAutoConfiguration.class, AtlexMetricsAutoConfiguration.class})
@ConditionalOnClass(EventStream.class)
public class AtlexStreamsAutoConfiguration {
    /** Creates a configuration. */
    public AtlexStreamsAutoConfiguration() {}

    /** Creates the store of cursors. The bean is lazy, as the session store is. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    CursorStore atlexCursorStore(SessionStore store) {
        return CursorStore.of(store);
    }

    @Bean
    StreamsHealth atlexStreamsHealth(ConfigurableListableBeanFactory beans) {
        return new StreamsHealth(beans);
    }

    /** Registers the metrics of streams. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({StreamMetrics.class, MeterRegistry.class})
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {
        @Bean
        @ConditionalOnMissingBean
        StreamMetrics atlexStreamMetrics(MeterRegistry registry) {
            return new StreamMetrics(registry);
        }

        /** Watches each stream from its start, because a runner connects a new one each time. */
        @Bean
        static BeanPostProcessor atlexStreamRunnerMetrics(ObjectProvider<StreamMetrics> metrics) {
            return new CreatedBeans<>(
                    StreamRunner.class,
                    runner -> runner.onStart(
                            (started, stream) -> metrics.ifUnique(found -> found.watch(started, stream))));
        }
    }
}
