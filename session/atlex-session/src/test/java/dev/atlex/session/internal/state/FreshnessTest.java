package dev.atlex.session.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.FakeServer;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);
    private static final TimeSource TIMING =
            new TimeSource(Clock.fixed(START, ZoneOffset.UTC), () -> 0, duration -> {}, () -> 0.5);

    private static Snapshot.Active session(String access, boolean fresh, Duration clockOffset) {
        SessionData data = FakeServer.saved(access, "refresh-1", "");
        AccessTokens tokens = fresh
                ? AccessTokens.fresh(1, data, clockOffset, TIMING)
                : AccessTokens.saved(1, data, clockOffset, TIMING);
        return Snapshot.Active.of(tokens, clockOffset, null);
    }

    /** Times in seconds. In the last tenth of two hours, tokens are stale with a chance of one half. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # life, issued here, server ahead, now, expected
              7200, true,        0,            0,   FRESH
              7200, true,        0,         6479,   FRESH
              7200, true,        0,         6480,   STALE
              7200, true,        0,         7189,   STALE
              7200, true,        0,         7190,   EXPIRED
              7200, true,        0,         9999,   EXPIRED
              7200, false,       0,         6479,   FRESH
              7200, false,       0,         6480,   STALE
              7200, false,       0,         7190,   EXPIRED
              7200, false,       600,       5879,   FRESH
              7200, false,       600,       5880,   STALE
              7200, false,       600,       6590,   EXPIRED
              20,   true,        0,           15,   FRESH
              20,   true,        0,           16,   EXPIRED
              -60,  false,       0,            0,   EXPIRED
              -60,  true,        0,            0,   UNKNOWN
            """)
    void tokenWithALifetime(long life, boolean fresh, long offset, long now, Freshness expected) {
        Instant issued = life < 0 ? START.plusSeconds(2 * life) : START;
        String token = FakeServer.token("a", issued, START.plusSeconds(life));
        Snapshot session = session(token, fresh, Duration.ofSeconds(offset));

        assertThat(Freshness.of(session, START.plusSeconds(now))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, FRESH", "89, FRESH", "90, EXPIRED"})
    void tokenWithOnlyAnExpiry_isNeverStale(long now, Freshness expected) {
        Snapshot session = session(FakeServer.token("a", START.plusSeconds(100)), true, Duration.ZERO);

        assertThat(Freshness.of(session, START.plusSeconds(now))).isEqualTo(expected);
    }

    @Test
    void tokenThatIsNotAJwtIsUnknown() {
        Snapshot session = session("opaque", true, Duration.ZERO);

        assertThat(Freshness.of(session, START)).isEqualTo(Freshness.UNKNOWN);
        assertThat(Freshness.of(session, Instant.MAX)).isEqualTo(Freshness.UNKNOWN);
    }

    @Test
    void endedSessionIsExpired() {
        Snapshot.Active active = session(FakeServer.token("a", START.plusSeconds(7200)), true, Duration.ZERO);
        Snapshot ended = active.end(
                new SessionEndedException(active.data().did(), Reason.LOGGED_OUT, null), List.of("refresh-1"));

        assertThat(Freshness.of(ended, START)).isEqualTo(Freshness.EXPIRED);
    }

    @Test
    void endedSessionStaysEndedAndShowsNoToken() {
        Snapshot.Active active = session(FakeServer.token("a", START.plusSeconds(7200)), true, Duration.ZERO);
        SessionEndedException first = new SessionEndedException(active.data().did(), Reason.REVOKED, null);
        SessionEndedException second = new SessionEndedException(active.data().did(), Reason.LOGGED_OUT, null);

        Snapshot.Ended ended = active.withUnsettled("refresh-1")
                .end(first, List.of("refresh-1"))
                .end(second, List.of("refresh-2"));

        assertThat(ended.reason()).isSameAs(first);
        assertThat(ended.revoking()).containsExactlyInAnyOrder("refresh-1", "refresh-2");
        assertThat(ended.map(facts -> facts.refreshed(facts.tokens(), START))).isInstanceOf(Snapshot.Ended.class);
        assertThat(ended.toString() + ended.facts() + ended.facts().saving()).doesNotContain("refresh-", "eyJ");
    }
}
