package dev.atlex.oauth.internal.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {
    private static final URI SERVER = URI.create("https://pds.example/oauth/token");

    private final ManualTime time = new ManualTime();
    private final ServerClock clock = new ServerClock(time);

    private static HttpHeaders dated(Instant now) {
        return HttpHeaders.of("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    }

    @Test
    void now_withoutResponse_isOurTime() {
        assertThat(clock.now(SERVER)).isEqualTo(ManualTime.START);
        assertThat(clock.offset(SERVER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, -1, 0, 1, 600, 86_400})
    void now_afterResponse_isTheServersTime(long seconds) {
        clock.observe(SERVER, dated(ManualTime.START.plusSeconds(seconds)));
        time.advance(Duration.ofMinutes(3));

        assertThat(clock.now(SERVER)).isEqualTo(ManualTime.START.plusSeconds(seconds + 180));
        assertThat(clock.offset(SERVER)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(clock.now(URI.create("https://other.example/"))).isEqualTo(time.instant());
    }

    /** The server's time is rounded down, and some time ago. */
    @Test
    void now_isNeverAheadOfTheServer() {
        for (int millis = 0; millis < 5000; millis += 37) {
            Instant server = ManualTime.START.plusMillis(123_456 + millis);
            HttpHeaders headers = dated(server);
            Duration travel = Duration.ofMillis(millis % 700);
            time.advance(travel);
            clock.observe(SERVER, headers);
            Duration later = Duration.ofMillis(millis % 300);
            time.advance(later);

            Instant actual = server.plus(travel).plus(later);
            assertThat(clock.now(SERVER))
                    .isBeforeOrEqualTo(actual)
                    .isAfter(actual.minus(travel).minusSeconds(1));
        }
    }

    @Test
    void observe_laterResponse_replacesTheOffset() {
        clock.observe(SERVER, dated(ManualTime.START.plusSeconds(60)));
        assertThat(clock.observe(SERVER, dated(ManualTime.START.plusSeconds(5))))
                .isEqualTo(ManualTime.START.plusSeconds(5));

        assertThat(clock.offset(SERVER)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void observe_unusableDate_isIgnored() {
        clock.observe(SERVER, dated(ManualTime.START.plusSeconds(60)));

        assertThat(clock.observe(SERVER, HttpHeaders.of())).isNull();
        assertThat(clock.observe(SERVER, HttpHeaders.of("Date", "yesterday"))).isNull();
        assertThat(clock.offset(SERVER)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void observe_responseFromCache_isIgnored() {
        HttpHeaders cached = dated(ManualTime.START.minusSeconds(300)).toBuilder()
                .add("Age", "300")
                .build();

        assertThat(clock.observe(SERVER, cached)).isNull();
        assertThat(clock.offset(SERVER)).isNull();
    }

    @Test
    void observe_responsePassedOnByCache_isUsed() {
        HttpHeaders passedOn = dated(ManualTime.START.minusSeconds(300)).toBuilder()
                .add("Age", "0")
                .build();

        clock.observe(SERVER, passedOn);

        assertThat(clock.offset(SERVER)).isEqualTo(Duration.ofSeconds(-300));
    }
}
