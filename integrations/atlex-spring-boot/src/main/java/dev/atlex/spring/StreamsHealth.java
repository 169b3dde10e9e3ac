package dev.atlex.spring;

import dev.atlex.spring.AtlexHealth.State;
import dev.atlex.streams.StreamHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Reports the health of the application's streams. */
final class StreamsHealth implements HealthSource {
    /**
     * How long a stream may be without a connection before it counts as down. A server can restart within that time.
     */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConfigurableListableBeanFactory beans;

    StreamsHealth(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public State report(Map<String, Object> details) {
        List<StreamRunner> runners = UsedBeans.of(beans, StreamRunner.class);
        if (runners.isEmpty()) {
            return State.UNKNOWN;
        }
        Map<String, Object> streams = new LinkedHashMap<>();
        boolean up = true;
        for (StreamRunner runner : runners) {
            Map<String, Object> stream = new LinkedHashMap<>();
            up &= add(runner, stream);
            streams.put(runner.name(), stream);
        }
        details.put("streams", streams);
        return up ? State.UP : State.DOWN;
    }

    /** Adds details of a stream, and returns whether it is up. */
    private static boolean add(StreamRunner runner, Map<String, Object> details) {
        StreamHealth health = runner.health();
        if (health == null) {
            details.put("status", "stopped");
            return true;
        }
        RuntimeException failure = runner.failure();
        details.put("status", failure == null ? status(health) : "failed");
        if (failure != null) {
            details.put("reason", AtlexHealth.reason(failure));
        }
        if (!health.disconnectedFor().isZero()) {
            details.put("disconnectedFor", health.disconnectedFor().toString());
        }
        details.put("lag", health.lag().toString());
        details.put("delay", health.delay().toString());
        details.put("reconnects", health.reconnects());
        details.put("gaps", health.gaps());
        details.put("skipped", health.skipped());
        return failure == null && !health.closed() && health.disconnectedFor().compareTo(PATIENCE) < 0;
    }

    private static String status(StreamHealth health) {
        if (health.connected()) {
            return "connected";
        } else if (health.standby()) {
            return "standby";
        }
        return health.closed() ? "closed" : "connecting";
    }
}
