package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stream that starts at the oldest event of a server with very many of them. */
class StreamBackfillTest extends EnduranceTest {
    private static final Pattern RESULT = Pattern.compile("handled all (\\d+), at most (\\d+) bytes waiting");
    private static final long BUFFER = 1_000_000;
    private static final int LONG_MINUTES = 30;

    private final int events = Scale.of("backfill-events", 500_000, 10_000_000);

    /** As Java objects, the events of even the short form take more than ten times the heap. */
    @Test
    void hugeBackfill_staysWithinTheBuffer() throws Exception {
        long start = System.nanoTime();
        try (EventServer server = new EventServer(new EventServer.Plan(50, 300, 0, 0, events));
                ChildProcess child = ChildProcess.start(
                        SCANNER,
                        BackfillProcess.class,
                        List.of("-Xmx24m"),
                        server.url(),
                        String.valueOf(events),
                        String.valueOf(BUFFER))) {
            child.await("open");
            String line = child.next(LONG_MINUTES);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            figures("streams: backfill: %s; %d events a second", line, events * 1_000L / took.toMillis());
            Matcher result = RESULT.matcher(line);
            assertThat(result.matches()).as(line).isTrue();
            assertThat(Long.parseLong(result.group(1))).isEqualTo(events);
            assertThat(Long.parseLong(result.group(2))).isBetween(BUFFER / 2, BUFFER + 10_000);
        }
    }
}
