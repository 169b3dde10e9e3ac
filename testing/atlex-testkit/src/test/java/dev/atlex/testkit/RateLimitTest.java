package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitTest {
    private static final MutableClock CLOCK = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.clock(CLOCK));

    private LocalPds pds;
    private Http http;

    @BeforeEach
    void limit(LocalPds pds, TestAccount alice) {
        this.pds = pds;
        http = new Http(pds);
        pds.behavior().rateLimits(true);
    }

    @Test
    void createSession_31stInFiveMinutesIsRejected() {
        long begin = CLOCK.instant().getEpochSecond();
        for (int i = 29; i >= 0; i--) { // correct and wrong passwords are counted in the same way
            Http.Reply reply = http.login("alice.test", i % 2 == 0 ? "alice-password" : "wrong");
            assertThat(reply.status()).isEqualTo(i % 2 == 0 ? 200 : 401);
            assertThat(reply.header("ratelimit-remaining")).isEqualTo(Integer.toString(i));
            assertThat(reply.header("ratelimit-policy")).isEqualTo("30;w=300");
        }
        CLOCK.advance(Duration.ofSeconds(11));
        Http.Reply refused = http.login("alice.test", "alice-password");
        assertThat(refused.error()).isEqualTo("429 RateLimitExceeded: Rate Limit Exceeded");
        assertThat(refused.header("ratelimit-limit")).isEqualTo("30");
        assertThat(refused.header("ratelimit-reset")).isEqualTo(Long.toString(begin + 300));
        assertThat(refused.header("retry-after")).isEqualTo("289");
        assertThat(http.login("ALICE.test", "alice-password").status()).isEqualTo(200);

        CLOCK.advance(Duration.ofSeconds(289));
        assertThat(http.login("alice.test", "alice-password").status()).isEqualTo(200);
    }

    @Test
    void createSession_301stInADayIsRejected() {
        for (int i = 0; i < 300; i++) {
            assertThat(http.login("alice.test", "wrong").status()).isEqualTo(401);
            CLOCK.advance(Duration.ofSeconds(10));
        }
        Http.Reply refused = http.login("alice.test", "wrong");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("ratelimit-policy")).isEqualTo("300;w=86400");
    }

    @Test
    void otherMethods_countPerAddressButNotWithInvalidToken() {
        Http.Reply session = http.login("alice.test", "alice-password");
        String access = session.string("accessJwt");
        assertThat(http.session(access).header("ratelimit-remaining")).isEqualTo("2998");
        assertThat(http.session("garbage").header("ratelimit-remaining")).isNull();
        assertThat(http.session(access).header("ratelimit-remaining")).isEqualTo("2997");
        pds.behavior().rateLimits(false);
        assertThat(http.session(access).header("ratelimit-remaining")).isNull();
    }
}
