package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.TOKEN;
import static dev.atlex.oauth.OAuthFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.RefreshReply;
import dev.atlex.oauth.internal.session.SessionKeys;
import dev.atlex.session.store.EntryStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures that other clients had with real servers. */
class FieldFailuresTest {
    @Nested
    class Calls {
        private final OAuthFixture oauth = new OAuthFixture();

        @AfterEach
        void close() {
            oauth.close();
        }

        @Test
        void expiredNonce_doesntUseUpTheRefreshToken() {
            OAuthSession session = oauth.opened(oauth.alice);
            call(session);
            oauth.advance(Duration.ofMinutes(20));
            oauth.pds.clearRequests();

            assertThat(session.refresh().refreshed()).isTrue();

            assertThat(oauth.pds.requests())
                    .extracting(request -> request.status())
                    .containsExactly(400, 200);
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        }

        /** The session's server as seen through a proxy, under a name that differs from the server's own. */
        private URI proxied() {
            return URI.create("http://localhost:" + oauth.pds.url().getPort());
        }

        @Test
        void callThroughAProxy_namesBothUrls() {
            oauth.signIn(oauth.alice);
            OAuthSessionData data = oauth.resumed(oauth.alice).data();
            LexMap tokens = ((LexMap) data.fields().get("tokenSet"))
                    .toBuilder().put("aud", proxied() + "/").build();
            String moved = OAuthSessionData.of(((LexMap) data.fields())
                            .toBuilder().put("tokenSet", tokens).build())
                    .toJson();
            EntryStore.Entry stored = oauth.stored(oauth.alice);
            oauth.store.save(stored.key(), stored.generation(), "{\"session\":" + moved + "}");
            OAuthSession session = oauth.resumed(oauth.alice);
            oauth.pds.clearRequests();

            ProofTargetException failure = catchThrowableOfType(ProofTargetException.class, () -> call(session));

            assertThat(failure.url()).isEqualTo(proxied().resolve("/xrpc/com.atproto.server.getSession"));
            assertThat(failure.expected()).isEqualTo(oauth.pds.url().resolve("/xrpc/com.atproto.server.getSession"));
            assertThat(failure)
                    .hasMessageStartingWith("com.atproto.server.getSession: ")
                    .hasMessageContaining(failure.url().toString())
                    .hasMessageContaining(failure.expected().toString())
                    .hasMessageContaining("X-Forwarded-Host");
            assertThat(failure.status()).isEqualTo(401);
            assertThat(oauth.tokenRequests()).as("other tokens wouldn't help").isZero();
            assertThat(session.isEnded()).isFalse();
        }

        @Test
        void refreshThroughAProxy_namesBothUrls() {
            OAuthSessionData data = oauth.opened(oauth.alice).data();
            AuthServer server = new AuthServer(
                    oauth.pds.url(),
                    oauth.pds.url().resolve("/oauth/authorize"),
                    proxied().resolve("/oauth/par"),
                    proxied().resolve(TOKEN),
                    null);

            RefreshReply reply = oauth.program()
                    .server()
                    .refresh(
                            server,
                            ClientAuth.none(OAuthFixture.CLIENT_ID),
                            SessionKeys.of(data),
                            data.refreshToken(),
                            Deadline.NONE);

            assertThat(reply).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                assertThat(refused.endsSession()).isFalse();
                assertThat(refused.failure()).isInstanceOf(ProofTargetException.class);
                assertThat(refused.failure()).hasMessageContaining(proxied() + TOKEN);
                assertThat(((ProofTargetException) refused.failure()).expected())
                        .isEqualTo(oauth.pds.url().resolve(TOKEN));
            });
        }

        @Test
        void schemeLostAtAProxy_isGuessed() {
            URI url = URI.create("https://pds.example.com/oauth/par");

            assertThat(ProofTargetException.of("push", url, URI.create("https://pds.example.com"), 401, null, null))
                    .hasMessageContaining("https://pds.example.com/oauth/par, ")
                    .hasMessageContaining("http://pds.example.com/oauth/par;");
        }

        /** Rejections of the access token in the shapes of several servers, none with a {@code WWW-Authenticate}. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "401 | {\"error\":\"invalid_token\",\"message\":\"Token expired\"}",
                    "401 | {\"error\":\"InvalidToken\"}",
                    "401 | {\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}",
                    "400 | {\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}",
                    "400 | {\"error\":\"InvalidToken\",\"message\":\"Token could not be verified\"}",
                    "401 | {}",
                    "401 | Unauthorized",
                    "401 | ''"
                })
        void rejectedToken_inAnyShape_isRefreshedOnce(int status, String body) {
            oauth.signIn(oauth.alice);
            AtomicBoolean rejected = new AtomicBoolean();
            OAuthSession session = oauth.resumed(oauth.alice, oauth.program(oauth.store, own -> request -> {
                boolean isCall = request.uri().getPath().endsWith(OAuthFixture.GET_SESSION);
                return isCall && rejected.compareAndSet(false, true)
                        ? TransportResponse.of(
                                status, HttpHeaders.of("Content-Type", "application/json"), body.getBytes(UTF_8))
                        : own.send(request);
            }));

            call(session);

            assertThat(rejected).isTrue();
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400 | {\"error\":\"InvalidRequest\",\"message\":\"no such record\"}",
                    "400 | {}",
                    "401 | {\"error\":\"AuthMissing\",\"message\":\"needs a password session\"}",
                    "403 | {\"error\":\"Forbidden\"}"
                })
        void refusedOperation_isNotRefreshed(int status, String body) {
            oauth.signIn(oauth.alice);
            OAuthSession session = oauth.resumed(oauth.alice, oauth.program(oauth.store, own -> request -> {
                return TransportResponse.of(
                        status, HttpHeaders.of("Content-Type", "application/json"), body.getBytes(UTF_8));
            }));

            assertThat(catchThrowableOfType(dev.atlex.client.XrpcResponseException.class, () -> call(session))
                            .status())
                    .isEqualTo(status);
            assertThat(oauth.pds.oauth().rotations()).isZero();
        }
    }

    @Nested
    class SignIns {
        private final OAuthWorld world = new OAuthWorld();

        @AfterEach
        void close() {
            world.close();
        }

        /**
         * A token that looks like a JWT. If anything decoded it, it would be expired and belong to a different server.
         */
        @ParameterizedTest
        @CsvSource({"opaque", "a.b.c", "'eyJhbGciOiJub25lIn0.eyJleHAiOjEsImF1ZCI6ImRpZDp3ZWI6b3RoZXIifQ.'"})
        void accessToken_isNeverDecoded(String token) {
            world.transport.edit(TOKEN, body -> body.put("access_token", token).put("expires_in", 1234));
            OAuthSession session = world.signIn(world.client(), world.alice);
            List<String> sent = new CopyOnWriteArrayList<>();
            world.transport.before("/xrpc/com.atproto.server.getSession", request -> {
                sent.add(request.headers().first("Authorization"));
                throw new TransportException("stop", null, false);
            });

            assertThat(session.data().accessToken()).isEqualTo(token);
            assertThat(session.health().accessExpiresAt())
                    .isEqualTo(world.clock.instant().plusSeconds(1234));
            assertThat(session.isExpired()).isFalse();
            assertThat(session.target()).isEqualTo(world.pds.url());
            catchThrowableOfType(RuntimeException.class, () -> call(session));
            assertThat(sent).containsExactly("DPoP " + token);
            assertThat(world.transport.count(TOKEN)).as("no refresh").isEqualTo(1);
        }

        @Test
        void exchange_hasTheRedirectUriOfItsSignIn_inAnotherProcess() {
            ClientKeys keys = ClientKeys.generate();
            String second = "https://app.example.com/oauth/second";
            ClientMetadata metadata = ClientMetadata.web(
                    OAuthWorld.WEB_CLIENT,
                    m -> m.redirectUri(OAuthWorld.WEB_REDIRECT)
                            .redirectUri(second)
                            .scopes(OAuthWorld.SCOPES));
            OAuthClient client =
                    world.client(world.store, o -> o.metadata(metadata).keys(keys));
            world.pds
                    .oauth()
                    .register(
                            OAuthWorld.WEB_CLIENT.toString(), client.metadata().toJson());
            Authorization authorization =
                    client.authorize(OAuthWorld.handle(world.alice), o -> o.redirectUri(URI.create(second)));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            OAuthClient another =
                    world.client(world.store, o -> o.metadata(metadata).keys(keys));
            another.callback(callback, authorization.browserSecret());

            assertThat(callback.toString()).startsWith(second);
            assertThat(world.transport.form(TOKEN)).containsEntry("redirect_uri", second);
        }
    }
}
