package dev.atlex.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.benchmarks.oauth.OAuthCalls;
import org.junit.jupiter.api.Test;

/** Tests that the benchmarks of OAuth measure calls, and that resuming needs none. */
class OAuthCallsTest {
    private final OAuthCalls calls = new OAuthCalls();

    @Test
    void resume_sendsNoRequest() {
        assertThat(calls.resume().isEnded()).isFalse();

        assertThat(calls.requests()).isZero();
    }

    @Test
    void call_sendsOneRequest() {
        calls.oauthCall();
        assertThat(calls.requests()).isEqualTo(1);

        calls.passwordCall();
        assertThat(calls.requests()).isEqualTo(2);
    }
}
