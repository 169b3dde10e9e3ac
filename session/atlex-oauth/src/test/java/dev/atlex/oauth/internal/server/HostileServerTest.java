package dev.atlex.oauth.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.discovery.JsonDocuments;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.HostileServer.Attack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that try to exhaust, mislead or rob the client, over real connections. Each request ends in time, in a typed
 * exception without secrets, and follows no redirect.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileServerTest {
    /** One request, and two more with other nonces. */
    private static final int MAX_REQUESTS = 3;

    private final TimeSource time = TimeSource.SYSTEM;
    private final AuthServerClient client = new AuthServerClient(Transport.jdk(), time, DpopContext.of(time));
    private final P256PrivateKey key = P256PrivateKey.generate();
    private final String secret = "secret-" + Base64Url.random(32);
    private final ClientAuth auth = ClientAuth.none("http://localhost");

    private static Deadline deadline(Attack attack) {
        return Deadline.in(attack.isSlow() ? Duration.ofMillis(700) : Duration.ofSeconds(30));
    }

    private void assertHarmless(HostileServer server, Throwable failure) {
        assertThat(failure).isInstanceOfAny(OAuthResponseException.class, TransportException.class);
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(secret).hasSizeLessThan(50_000);
        assertThat(server.elsewhere()).as("redirects followed").isZero();
        assertThat(server.requests()).isBetween(1, MAX_REQUESTS);
    }

    @ParameterizedTest
    @EnumSource
    void push(Attack attack) {
        try (HostileServer server = new HostileServer(attack)) {
            assertHarmless(
                    server,
                    catchThrowable(
                            () -> client.push(server.server(), auth, key, Map.of("state", secret), deadline(attack))));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOKEN_BEYOND_THE_LIMIT")
    void exchange(Attack attack) {
        try (HostileServer server = new HostileServer(attack)) {
            URI redirect = URI.create("http://127.0.0.1/callback");
            assertHarmless(
                    server,
                    catchThrowable(() -> client.exchange(
                            server.server(), auth, key, secret, secret + "-verifier", redirect, deadline(attack))));
        }
    }

    /** The refresh token may have been used, unless the response shows a refusal. */
    @ParameterizedTest
    @EnumSource
    void refresh(Attack attack) {
        try (HostileServer server = new HostileServer(attack)) {
            RefreshReply reply = client.refresh(server.server(), auth, key, secret, deadline(attack));

            if (reply instanceof RefreshReply.Refused refused) {
                assertThat(refused.endsSession()).isFalse();
                assertHarmless(server, refused.failure());
            } else {
                assertThat(reply)
                        .isInstanceOfSatisfying(
                                RefreshReply.Unknown.class, unknown -> assertHarmless(server, unknown.failure()));
            }
        }
    }

    /** Any success is accepted, whatever its body. It proves nothing, so a logout is confirmed by other means. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "HTML",
                "ARRAY",
                "OTHER_TYPES",
                "HUGE_BODY",
                "TOKEN_BEYOND_THE_LIMIT",
                "COMPRESSED_BOMB",
                "DEEP_JSON",
                "SLOW_BODY"
            })
    void revoke(Attack attack) {
        try (HostileServer server = new HostileServer(attack)) {
            RevocationReply reply = client.revoke(server.server(), auth, key, secret, deadline(attack));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RevocationReply.Failed.class, failed -> assertHarmless(server, failed.failure()));
        }
    }

    /** Documents of servers, as discovery reads them. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER_TYPES")
    void metadata(Attack attack) {
        Transport hurried = request -> {
            Duration limit = Objects.requireNonNull(request.timeout());
            assertThat(limit).isEqualTo(Duration.ofSeconds(5));
            return Transport.jdk()
                    .send(
                            attack.isSlow()
                                    ? request.toBuilder()
                                            .timeout(limit.dividedBy(10))
                                            .build()
                                    : request);
        };
        try (HostileServer server = new HostileServer(attack)) {
            URI url = server.server().issuer().resolve("/.well-known/oauth-authorization-server");
            Throwable failure = catchThrowable(() -> new JsonDocuments(hurried).fetch(url));

            assertThat(failure).isInstanceOfAny(JsonDocuments.InvalidDocumentException.class, TransportException.class);
            assertThat(server.elsewhere()).as("redirects followed").isZero();
            // The JDK repeats a GET whose connection breaks.
            assertThat(server.requests()).isBetween(1, 2);
        }
    }
}
