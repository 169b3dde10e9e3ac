package dev.atlex.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamMetricsTest {
    private final LocalPds pds = LocalPds.start();
    private final TestAccount alice = pds.createAccount("alice.test", "password");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamMetrics metrics = new StreamMetrics(registry);

    @AfterEach
    void stop() {
        pds.close();
    }

    private RepoStream connect() {
        return Firehose.connect(f -> f.service(pds.pdsUrl().toString()).startAt(0));
    }

    private double gauge(String name) {
        return registry.get("atlex.stream." + name)
                .tag("stream", "posts")
                .gauge()
                .value();
    }

    private double count(String name) {
        return registry.get("atlex.stream." + name)
                .tag("stream", "posts")
                .functionCounter()
                .count();
    }

    @Test
    void reportsConnectionEventsAndHandlers() throws Exception {
        try (RepoStream stream = connect()) {
            metrics.watch("posts", stream);
            Iterator<RepoEvent> events = stream.iterator();
            RepoEvent first = events.next();
            assertThat(first.did()).isEqualTo(alice.did());
            assertThat(gauge("connected")).isEqualTo(1);
            assertThat(gauge("standby")).isZero();
            assertThat(gauge("pending.events")).isPositive();
            assertThat(gauge("pending.bytes")).isPositive();
            assertThat(gauge("lag")).isPositive();
            assertThat(count("events")).isPositive();
            assertThat(count("gaps")).isZero();
            assertThat(count("skipped")).isZero();
            FunctionTimer handling = registry.get("atlex.stream.handling").functionTimer();
            assertThat(handling.count()).isZero();
            events.next();
            assertThat(handling.count()).isEqualTo(1);
            assertThat(handling.totalTime(TimeUnit.NANOSECONDS)).isPositive();

            assertThat(count("reconnects")).isZero();
            pds.firehose().dropConnections();
            pds.firehose().awaitConnections(0, Duration.ofSeconds(30));
            pds.firehose().awaitConnections(1, Duration.ofSeconds(30));
            assertThat(count("reconnects")).isEqualTo(1);
        }
        assertThat(gauge("connected")).isZero();
    }

    @Test
    void exampleOfThePages_runs() {
        String service = pds.pdsUrl().toString();
        CursorStore cursors = CursorStore.memory();
        StreamMetrics metrics = new StreamMetrics(registry);
        try (RepoStream stream = Firehose.connect(f -> f.service(service).cursor(cursors))) {
            metrics.watch("posts", stream);
            assertThat(count("events")).isZero();
        }
    }

    @Test
    void delay_isTheAgeOfTheLastEvent() throws Exception {
        try (RepoStream stream = connect()) {
            metrics.watch("posts", stream);
            stream.iterator().next();
            assertThat(gauge("delay")).isBetween(0.0, 60.0);
        }
    }

    @Test
    void secondStreamOfAName_replacesTheFirst() throws Exception {
        try (RepoStream first = connect()) {
            metrics.watch("posts", first);
            first.iterator().next();
        }
        assertThat(count("events")).isPositive();
        pds.close();
        try (RepoStream second = connect()) {
            metrics.watch("posts", second);
            assertThat(count("events")).isZero();
        }
    }
}
