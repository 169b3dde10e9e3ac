package dev.atlex.spring.boot3;

import dev.atlex.spring.AtlexHealth;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/**
 * Reports the health of the application's sessions: UNKNOWN before the first use, and DOWN, with the reason, if the
 * account was taken down or its session has ended. It never signs in.
 */
final class AtlexHealthIndicator extends AbstractHealthIndicator {
    private final AtlexHealth health;

    AtlexHealthIndicator(AtlexHealth health) {
        super("failed to report the health of sessions");
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        AtlexHealth.Report report = health.report();
        switch (report.state()) {
            case UP -> builder.up();
            case DOWN -> builder.down();
            case UNKNOWN -> builder.unknown();
        }
        builder.withDetails(report.details());
    }
}
