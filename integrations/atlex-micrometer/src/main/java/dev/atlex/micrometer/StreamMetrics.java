package dev.atlex.micrometer;

import dev.atlex.streams.EventStream;
import dev.atlex.streams.StreamHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Reports the health of event streams as Micrometer metrics.
 *
 * <pre>{@code
 * StreamMetrics metrics = new StreamMetrics(registry);
 * try (RepoStream stream = Firehose.connect(f -> f.service(service).cursor(cursors))) {
 *     metrics.watch("posts", stream);
 * }
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code atlex.stream.connected}</td><td>gauge: 1 if the stream is connected, otherwise 0</td></tr>
 * <tr><td>{@code atlex.stream.standby}</td><td>gauge: 1 if another process consumes the stream, otherwise 0</td></tr>
 * <tr><td>{@code atlex.stream.lag}</td><td>gauge: how long the oldest unfinished event has been waiting</td></tr>
 * <tr><td>{@code atlex.stream.delay}</td><td>gauge: how old the last event was when it arrived</td></tr>
 * <tr><td>{@code atlex.stream.events}</td><td>counter: events that have arrived; its rate is the stream's rate</td></tr>
 * <tr><td>{@code atlex.stream.handling}</td><td>timer: events that handlers have finished, and the time spent on them</td></tr>
 * <tr><td>{@code atlex.stream.pending.events}</td><td>gauge: events that are waiting or being handled</td></tr>
 * <tr><td>{@code atlex.stream.pending.bytes}</td><td>gauge: total size of these events</td></tr>
 * <tr><td>{@code atlex.stream.reconnects}</td><td>counter: connections that were lost or couldn't be made</td></tr>
 * <tr><td>{@code atlex.stream.gaps}</td><td>counter: gaps, places where events may have been lost</td></tr>
 * <tr><td>{@code atlex.stream.skipped}</td><td>counter: skipped events, including invalid frames</td></tr>
 * </table>
 *
 * <p>The tag {@code stream} contains the name passed to {@link #watch}.
 *
 * <p>Needs the module {@code atlex-streams}. Works with the versions of Micrometer that {@link SessionMetrics} works
 * with. An instance is thread-safe.
 */
public final class StreamMetrics {
    private static final String PREFIX = "atlex.stream.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final ConcurrentMap<String, Watched> streams = new ConcurrentHashMap<>();

    /**
     * Creates metrics.
     *
     * @param registry the registry for the meters
     */
    public StreamMetrics(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /**
     * Creates metrics with tags.
     *
     * @param registry the registry for the meters
     * @param tags the tags to add to every meter
     */
    public StreamMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    /**
     * Starts to report a stream. If a stream with the same name is being reported, this one replaces it, and the
     * counters begin at 0 again. A stream is kept in memory until it is replaced, even if it is closed.
     *
     * @param name the name of the stream in the metrics
     * @return this
     */
    @SuppressWarnings("exports") // atlex-streams is optional: other programs must compile without it
    public StreamMetrics watch(String name, EventStream<?> stream) {
        streams.compute(name, (key, watched) -> {
            if (watched != null) {
                watched.stream = stream;
                return watched;
            }
            Watched first = new Watched(stream);
            new Meters(registry, first, tags.and("stream", name)).register();
            return first;
        });
        return this;
    }

    /** The current stream with a name. Micrometer holds this object weakly, and the map strongly. */
    private static final class Watched {
        private volatile EventStream<?> stream;

        Watched(EventStream<?> stream) {
            this.stream = stream;
        }

        StreamHealth health() {
            return stream.health();
        }
    }

    /** The meters of one name. */
    private record Meters(MeterRegistry registry, Watched watched, Tags tags) {
        void register() {
            gauge("connected", health -> health.connected() ? 1 : 0);
            gauge("standby", health -> health.standby() ? 1 : 0);
            time("lag", StreamHealth::lag);
            time("delay", StreamHealth::delay);
            count("events", StreamHealth::events);
            gauge("pending.events", StreamHealth::pendingEvents);
            Gauge.builder(PREFIX + "pending.bytes", watched, of(StreamHealth::pendingBytes))
                    .baseUnit("bytes")
                    .tags(tags)
                    .register(registry);
            count("reconnects", StreamHealth::reconnects);
            count("gaps", StreamHealth::gaps);
            count("skipped", StreamHealth::skipped);
            FunctionTimer.builder(
                            PREFIX + "handling",
                            watched,
                            current -> current.health().handled(),
                            of(health -> health.handlingTime().toNanos()),
                            TimeUnit.NANOSECONDS)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(String name, ToDoubleFunction<StreamHealth> value) {
            Gauge.builder(PREFIX + name, watched, of(value)).tags(tags).register(registry);
        }

        private void time(String name, Function<StreamHealth, Duration> value) {
            ToDoubleFunction<Watched> nanos = of(health -> value.apply(health).toNanos());
            TimeGauge.builder(PREFIX + name, watched, TimeUnit.NANOSECONDS, nanos)
                    .tags(tags)
                    .register(registry);
        }

        private void count(String name, ToDoubleFunction<StreamHealth> value) {
            FunctionCounter.builder(PREFIX + name, watched, of(value))
                    .tags(tags)
                    .register(registry);
        }

        private static ToDoubleFunction<Watched> of(ToDoubleFunction<StreamHealth> value) {
            return current -> value.applyAsDouble(current.health());
        }
    }
}
