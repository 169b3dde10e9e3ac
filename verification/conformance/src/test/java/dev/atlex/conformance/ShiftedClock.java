package dev.atlex.conformance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of a program, which a test moves without moving the server's. */
final class ShiftedClock extends Clock {
    private final Clock server;
    private final AtomicReference<Duration> ahead;

    /** Creates a clock that agrees with the server's. */
    ShiftedClock(Clock server) {
        this(server, new AtomicReference<>(Duration.ZERO));
    }

    private ShiftedClock(Clock server, AtomicReference<Duration> ahead) {
        this.server = server;
        this.ahead = ahead;
    }

    void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return server.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return server.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(server.withZone(zone), ahead);
    }
}
