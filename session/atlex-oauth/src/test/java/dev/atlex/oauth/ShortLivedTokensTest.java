package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.GET_SESSION;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of calls whose access tokens are rejected several times in a row. */
class ShortLivedTokensTest {
    private static final Duration LIFETIME = Duration.ofSeconds(3);

    private final OAuthFixture oauth = new OAuthFixture();
    private final AtomicInteger slowCalls = new AtomicInteger();
    private Duration onTheWay = LIFETIME;
    private OAuthSession session;

    /** A session whose calls need the time {@link #onTheWay} until the server gets them. */
    @BeforeEach
    void open() {
        oauth.pds.oauth().accessTokenLifetime(LIFETIME);
        oauth.signIn(oauth.alice);
        session = oauth.resumed(
                oauth.alice, oauth.program(oauth.store, intercepting("/xrpc/" + GET_SESSION, transport -> request -> {
                    if (slowCalls.getAndDecrement() > 0) {
                        oauth.advance(onTheWay);
                    }
                    return transport.send(request);
                })));
    }

    @AfterEach
    void close() {
        oauth.close();
    }

    /** On a busy machine, a call may be delayed for longer than a token lives. */
    @Test
    void tokensThatExpireOnTheirWay_areReplaced() {
        slowCalls.set(8);

        call(session);

        assertThat(oauth.pds.oauth().rotations()).isBetween(7, 8);
    }

    @Test
    void callThatIsAlwaysTooSlow_fails() {
        slowCalls.set(Integer.MAX_VALUE);

        assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(oauth.pds.oauth().rotations()).isLessThan(20);
    }

    /** The server's tokens aren't accepted, so others won't be either. */
    @Test
    void youngTokensThatAreRejected_areReplacedThreeTimes() {
        onTheWay = Duration.ZERO;
        oauth.pds.faults().always(GET_SESSION, Fault.status(401));

        assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(3);

        assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(3);
    }
}
