package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.TOKEN;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionHealth.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that respond to the refreshes and calls of a session in ways that no specification foresees. */
class HostileSessionTest {
    private static final String OTHER_FIELDS = "\"token_type\":\"DPoP\",\"scope\":\"atproto\",\"expires_in\":3600";

    private final OAuthFixture oauth = new OAuthFixture();
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void close() {
        oauth.close();
    }

    private OAuthSession session(String path, UnaryOperator<Transport> server) {
        oauth.signIn(oauth.alice);
        return oauth.resumed(oauth.alice, oauth.program(oauth.store, intercepting(path, transport -> request -> {
            sent.incrementAndGet();
            return server.apply(transport).send(request);
        })));
    }

    /** Returns a session whose refreshes get this body, in which %d is the number of the refresh. */
    private OAuthSession refreshing(String body) {
        return session(
                TOKEN,
                transport -> request -> TransportResponse.of(
                        200,
                        HttpHeaders.of("Content-Type", "application/json"),
                        body.replace("%d", sent.toString()).getBytes(UTF_8)));
    }

    /** As OAuth in general allows, if not this protocol. */
    @ParameterizedTest
    @ValueSource(strings = {"absent", "equal"})
    void refreshTokenThatIsntRotated_isKept(String kind) {
        String field = kind.equals("equal") ? "\"refresh_token\":\"TOKEN\"," : "";
        AtomicInteger number = new AtomicInteger();
        String[] first = new String[1];
        OAuthSession session = session(
                TOKEN,
                transport -> request -> TransportResponse.of(
                        200,
                        HttpHeaders.of("Content-Type", "application/json"),
                        ("{\"access_token\":\"a" + number.incrementAndGet() + "\"," + field.replace("TOKEN", first[0])
                                        + OTHER_FIELDS + "}")
                                .getBytes(UTF_8)));
        first[0] = session.data().refreshToken();

        for (int i = 1; i <= 3; i++) {
            assertThat(session.refresh().refreshed()).isTrue();
            assertThat(session.data().refreshToken()).isEqualTo(first[0]);
            assertThat(session.data().accessToken()).isEqualTo("a" + i);
            assertThat(oauth.resumed(oauth.alice).data()).isEqualTo(session.data());
        }
        assertThat(session.isEnded()).isFalse();
        assertThat(session.health().status()).isEqualTo(Status.ACTIVE);
    }

    /** Whatever the lifetime, a call costs at most one refresh, and the tokens are used. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "-9223372036854775808", "0", "1", "\"3600\"", "null", "1e300", "9223372036854775807"})
    void lifetimeThatIsAbsurd_costsAtMostOneRefreshPerCall(String seconds) {
        oauth.signIn(oauth.alice);
        OAuthSession session = oauth.resumed(oauth.alice, oauth.program(oauth.store, transport -> request -> {
            TransportResponse response = transport.send(request);
            if (!OAuthFixture.isTo(request, TOKEN) || response.status() != 200) {
                return response;
            }
            String body = new String(response.readAll(), UTF_8)
                    .replaceFirst("\"expires_in\":\\d+", "\"expires_in\":" + seconds);
            return TransportResponse.of(200, response.headers(), body.getBytes(UTF_8));
        }));
        assertThat(session.refresh().refreshed()).isTrue();
        int rotations = oauth.pds.oauth().rotations();
        for (int i = 0; i < 5; i++) {
            call(session);
        }

        assertThat(oauth.pds.oauth().rotations() - rotations).isLessThanOrEqualTo(5);
        assertThat(session.isEnded()).isFalse();
        assertThat(session.isSaved()).isTrue();
        call(oauth.resumed(oauth.alice));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"token_type\":\"Bearer\" | Bearer",
                "\"token_type\":\"DPoP\",\"scope\":\"transition:generic\" | scope"
            })
    void tokensOfAnotherKind_endTheSession(String fields, String kind) {
        OAuthSession session =
                refreshing("{\"access_token\":\"a%d\",\"refresh_token\":\"r%d\",\"expires_in\":3600," + fields + "}");

        assertThatThrownBy(session::refresh)
                .as(kind)
                .isInstanceOfSatisfying(
                        SessionEndedException.class,
                        ended -> assertThat(ended.reason()).isEqualTo(Reason.REFUSED));
        assertThat(oauth.stored(oauth.alice)).isNull();
    }

    /** The token can't be sent, and the old one is dead. */
    @Test
    void tokenThatNoHeaderCanCarry_isNeverSent() {
        OAuthSession session = refreshing(
                "{\"access_token\":\"a\\r\\nX-Evil: 1\",\"refresh_token\":\"secret-r%d\"," + OTHER_FIELDS + "}");
        assertThat(session.refresh().refreshed()).isFalse();
        assertThat(String.valueOf(session.health().failure())).doesNotContain("X-Evil", "secret-r");
        assertThat(session.isEnded()).isFalse();

        int before = sent.get();
        session.refresh();
        assertThat(sent).hasValue(before);
        oauth.advance(Duration.ofSeconds(31));
        session.refresh();
        assertThat(sent).hasValue(before + 1);
    }

    @Test
    void noncesWithoutEnd_costOneMoreRequestPerCall() {
        OAuthSession session = session(
                "/xrpc/" + OAuthFixture.GET_SESSION,
                transport -> request -> TransportResponse.of(
                        401,
                        HttpHeaders.of("DPoP-Nonce", "nonce-" + sent),
                        "{\"error\":\"use_dpop_nonce\"}".getBytes(UTF_8)));

        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> call(session))
                    .isInstanceOf(XrpcAuthenticationException.class)
                    .hasMessageContaining("use_dpop_nonce");
            assertThat(sent).hasValue(2 * i);
        }
        assertThat(session.isEnded()).isFalse();
        assertThat(oauth.tokenRequests()).as("the exchange of the sign-in").isEqualTo(1);
    }

    /** A server that accepts no token. Refreshing doesn't help, so it stops. */
    @Test
    void tokensThatAreNeverAccepted_areRefreshedThreeTimes() {
        OAuthSession session = session(
                "/xrpc/" + OAuthFixture.GET_SESSION,
                transport -> request ->
                        TransportResponse.of(401, HttpHeaders.of(), "{\"error\":\"invalid_token\"}".getBytes(UTF_8)));

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> call(session)).isInstanceOf(XrpcAuthenticationException.class);
        }
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(3);
        assertThat(sent).hasValue(8);
        assertThat(session.isEnded()).isFalse();
    }
}
