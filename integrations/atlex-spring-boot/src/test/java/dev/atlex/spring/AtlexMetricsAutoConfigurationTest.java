package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.micrometer.ObservedCalls;
import dev.atlex.micrometer.SessionMetrics;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AtlexMetricsAutoConfigurationTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void recordsSessionsCallsAndThePool(LocalPds pds, TestAccount alice) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        Contexts.of(pds, alice)
                .withBean(MeterRegistry.class, () -> meters)
                .withBean(ObservationRegistry.class, () -> observations)
                .run(context -> {
                    context.getBean(Bluesky.class).post("x");
                    assertThat(context.getBean(AccountPool.class).size()).isZero();
                    assertThat(meters.get("atlex.session.logins").counter().count())
                            .isEqualTo(1);
                    assertThat(meters.get("atlex.session.open").gauge().value()).isZero();
                    assertThat(meters.get("atlex.call")
                                    .tag("nsid", "com.atproto.repo.createRecord")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void withoutRegistriesNothingIsRecorded() {
        Contexts.empty()
                .run(context -> assertThat(context)
                        .doesNotHaveBean(SessionMetrics.class)
                        .doesNotHaveBean(ObservedCalls.class));
    }
}
