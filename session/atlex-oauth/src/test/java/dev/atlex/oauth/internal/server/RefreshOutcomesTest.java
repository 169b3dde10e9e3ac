package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.dpop.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classifies each response that the reference server was seen to send, and those of the proxies before it. */
class RefreshOutcomesTest {
    private static final AuthServer SERVER = new AuthServer(
            URI.create("https://pds.example"),
            URI.create("https://pds.example/oauth/authorize"),
            URI.create("https://pds.example/oauth/par"),
            URI.create("https://pds.example/oauth/token"),
            URI.create("https://pds.example/oauth/revoke"));
    private static final String TOKENS = """
            {"access_token":"a1","refresh_token":"r1","token_type":"DPoP","scope":"atproto","expires_in":3599,\
            "sub":"did:plc:a"}""";

    private final ManualTime time = new ManualTime();
    private final List<String> sent = new ArrayList<>();

    private RefreshReply refresh(Transport transport) {
        TimeSource source = time.source();
        Transport counted = request -> {
            sent.add(request.headers().first("DPoP"));
            return transport.send(request);
        };
        return new AuthServerClient(counted, source, DpopContext.of(source))
                .refresh(
                        SERVER,
                        ClientAuth.none("http://localhost"),
                        P256PrivateKey.generate(),
                        "ref-0",
                        Deadline.in(Duration.ofSeconds(30), source.nanoTime()));
    }

    private RefreshReply refresh(int status, String contentType, String body) {
        return refresh(request ->
                TransportResponse.of(status, HttpHeaders.of("content-type", contentType), body.getBytes(UTF_8)));
    }

    private static String error(String error, String description) {
        return "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
    }

    @Nested
    class SessionEnds {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Refresh token replayed",
                    "Invalid refresh token",
                    "Session expired",
                    "Refresh token expired",
                    "DPoP proof does not match the expected JKT",
                    "Token was not issued to this client",
                    "The session was initiated with a different key than the client assertion currently used",
                    "Client authentication method mismatch (expected private_key_jwt)",
                    "Invalid refresh token: String must contain exactly 68 character(s) at refresh_token",
                    "",
                })
        void invalidGrant_endsTheSession(String description) {
            assertThat(refresh(400, "application/json", error("invalid_grant", description)))
                    .isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                        assertThat(refused.endsSession()).isTrue();
                        assertThat(refused.failure().error()).isEqualTo("invalid_grant");
                    });
            assertThat(sent).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({"400, text/html", "401, application/json", "403, application/json"})
        void invalidGrant_withOtherStatusOrType_endsTheSession(int status, String contentType) {
            assertThat(refresh(status, contentType, error("invalid_grant", "Refresh token replayed")))
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.endsSession()).isTrue());
        }
    }

    @Nested
    class SessionLives {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400 | use_dpop_nonce          | Authorization server requires nonce in DPoP proof",
                    "401 | invalid_dpop_proof      | DPoP proof required",
                    "401 | invalid_dpop_proof      | DPoP proof replayed",
                    "401 | invalid_dpop_proof      | DPoP \\\"htu\\\" mismatch",
                    "400 | invalid_client          | Validation of \\\"client_assertion\\\" failed: no applicable key",
                    "401 | invalid_client          | Client authentication failed",
                    "400 | invalid_client_metadata | Unable to obtain client metadata for \\\"https://app.example\\\"",
                    "400 | invalid_request         | client authentication method \\\"private_key_jwt\\\" required",
                    "400 | invalid_scope           | The \\\"atproto\\\" scope is required",
                    "400 | unauthorized_client     | This client may not refresh",
                    "400 | unsupported_grant_type  | Unsupported grant type",
                    "400 | temporarily_unavailable | Try again",
                    "429 | rate_limit_exceeded     | Too Many Requests",
                    "403 | access_denied           | Forbidden",
                })
        void otherErrors_leaveTheSessionAlive(int status, String error, String description) {
            assertThat(refresh(status, "application/json", error(error, description)))
                    .isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                        assertThat(refused.endsSession()).isFalse();
                        assertThat(refused.failure().status()).isEqualTo(status);
                        assertThat(refused.failure().error()).isEqualTo(error);
                    });
            assertThat(sent).hasSize(1);
        }

        /** The reference server reports {@code invalid_grant} before it checks the refresh token. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Client credentials missing: Required at body.client_id",
                    "Invalid request payload: Invalid input",
                    "private_key_jwt jti reused"
                })
        void invalidGrant_aboutTheRequest_leavesTheSessionAlive(String description) {
            assertThat(refresh(400, "application/json", error("invalid_grant", description)))
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.endsSession()).isFalse());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "404 | text/html        | <h1>Not Found</h1>",
                    "403 | text/html        | <title>Just a moment...</title>",
                    "400 | application/json | {",
                    "400 | application/json | {\"error\":{\"code\":\"invalid_grant\"}}",
                    "400 | application/json | [\"invalid_grant\"]",
                    "404 | application/json | {\"error\":\"XRPCNotSupported\",\"message\":\"XRPCNotSupported\"}",
                    "413 | text/plain       | invalid_grant",
                    "302 | text/html        | moved",
                })
        void responsesOfProxies_leaveTheSessionAlive(int status, String contentType, String body) {
            assertThat(refresh(status, contentType, body))
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.endsSession()).isFalse());
        }

        @Test
        void redirect_isntFollowed() {
            RefreshReply reply = refresh(request -> TransportResponse.of(
                    307, HttpHeaders.of("Location", "https://evil.example/oauth/token"), new byte[0]));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.failure().status()).isEqualTo(307));
            assertThat(sent).hasSize(1);
        }

        @Test
        void retryAfter_isReported() {
            RefreshReply reply = refresh(request -> TransportResponse.of(
                    429, HttpHeaders.of("Retry-After", "40", "Content-Type", "application/json"), new byte[0]));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.retryAt()).isEqualTo(ManualTime.START.plusSeconds(40)));
        }

        @Test
        void noConnection_isNotSent() {
            RefreshReply reply = refresh(request -> {
                throw new TransportException("POST pds.example: connection refused", null, false);
            });

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.NotSent.class,
                            notSent ->
                                    assertThat(notSent.failure()).hasMessage("POST pds.example: connection refused"));
            assertThat(sent).hasSize(1);
        }

        /** Secrets are removed from refusals, and a nonce may look like one. */
        @Test
        void nonceThatLooksLikeAToken_isSentBackUnchanged() {
            String nonce = "eyJhbGciOiJkaXIifQ.eyJpYXQiOjE3MDAwMDAwMDB9.c2lnbmF0dXJl";
            RefreshReply reply = refresh(request -> sent.size() > 1
                    ? TransportResponse.of(200, HttpHeaders.of(), TOKENS.getBytes(UTF_8))
                    : TransportResponse.of(
                            400,
                            HttpHeaders.of("DPoP-Nonce", nonce),
                            error("use_dpop_nonce", "").getBytes(UTF_8)));

            assertThat(reply).isInstanceOf(RefreshReply.Rotated.class);
            assertThat(Jws.parse(sent.get(1)).payload().getString("nonce")).isEqualTo(nonce);
        }

        /** The server refused the first request, and the second one never arrived. */
        @Test
        void noConnectionForTheRetry_isNotSent() {
            RefreshReply reply = refresh(request -> {
                if (sent.size() > 1) {
                    throw new TransportException("POST pds.example: connection refused", null, false);
                }
                return TransportResponse.of(
                        400,
                        HttpHeaders.of("DPoP-Nonce", "n1"),
                        error("use_dpop_nonce", "").getBytes(UTF_8));
            });

            assertThat(reply).isInstanceOf(RefreshReply.NotSent.class);
            assertThat(sent).hasSize(2);
        }
    }

    @Nested
    class OutcomeIsUnknown {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "500 | application/json | {\"error\":\"server_error\",\"error_description\":\"Server error\"}",
                    "500 | application/json | {\"error\":\"invalid_grant\"}",
                    "502 | text/html        | <h1>Bad Gateway</h1>",
                    "503 | application/json | {}",
                    "504 | text/plain       | upstream timed out",
                    "408 | text/plain       | Request Timeout",
                    "200 | text/html        | <html>Sign in to the network</html>",
                    "200 | application/json | {}",
                    "200 | application/json | {\"error\":\"invalid_grant\"}",
                    "200 | application/json | {\"access_token\":7,\"refresh_token\":\"r1\"}",
                    "204 | application/json | {}",
                })
        void response_isUnknown(int status, String contentType, String body) {
            assertThat(refresh(status, contentType, body))
                    .isInstanceOfSatisfying(
                            RefreshReply.Unknown.class,
                            unknown -> assertThat(unknown.failure())
                                    .isInstanceOfSatisfying(
                                            OAuthResponseException.class,
                                            e -> assertThat(e.status()).isEqualTo(status)));
            // The token may have been used, so it isn't sent again.
            assertThat(sent).hasSize(1);
        }

        @Test
        void retryAfter_isReported() {
            RefreshReply reply =
                    refresh(request -> TransportResponse.of(503, HttpHeaders.of("Retry-After", "40"), new byte[0]));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.Unknown.class,
                            unknown -> assertThat(unknown.retryAt()).isEqualTo(ManualTime.START.plusSeconds(40)));
        }

        @Test
        void brokenConnection_isUnknown() {
            RefreshReply reply = refresh(request -> {
                throw new TransportTimeoutException("POST pds.example: no response within 30 s", null, true);
            });

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.Unknown.class,
                            unknown -> assertThat(unknown.failure()).isInstanceOf(TransportTimeoutException.class));
            assertThat(sent).hasSize(1);
        }

        @Test
        void bodyThatBreaksBeforeTheTokens_isUnknown() {
            assertThat(refresh(request -> broken(TOKENS.substring(0, TOKENS.indexOf("r1")))))
                    .isInstanceOfSatisfying(
                            RefreshReply.Unknown.class,
                            unknown -> assertThat(unknown.failure())
                                    .isInstanceOf(TransportException.class)
                                    .hasMessageContaining("connection reset"));
            assertThat(sent).hasSize(1);
        }
    }

    @Nested
    class Rotated {
        @ParameterizedTest
        @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "text/html", "x"})
        void tokens_areReadWhateverTheMediaType(String contentType) {
            assertThat(refresh(200, contentType, TOKENS))
                    .isInstanceOfSatisfying(RefreshReply.Rotated.class, rotated -> {
                        TokenReply tokens = rotated.tokens();
                        assertThat(tokens.accessToken()).isEqualTo("a1");
                        assertThat(tokens.refreshToken()).isEqualTo("r1");
                        assertThat(tokens.expiresIn()).isEqualTo(Duration.ofSeconds(3599));
                        assertThat(tokens.sub()).isEqualTo("did:plc:a");
                        assertThat(tokens.receivedAt()).isEqualTo(ManualTime.START);
                    });
        }

        /** The old refresh token is dead, so a flaw in the rest of the response must not cost the new one. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\"}",
                    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"expires_in\":\"soon\",\"sub\":7,\"scope\":[]}",
                    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"expires_in\":-5,\"token_type\":null}",
                    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"extra\":1e999",
                    "\uFEFF {\"access_token\":\"a1\",\"refresh_token\":\"r1\"} trailing"
                })
        void tokens_areReadDespiteOtherFlaws(String body) {
            assertThat(refresh(200, "application/json", body))
                    .isInstanceOfSatisfying(RefreshReply.Rotated.class, rotated -> {
                        assertThat(rotated.tokens().accessToken()).isEqualTo("a1");
                        assertThat(rotated.tokens().refreshToken()).isEqualTo("r1");
                        assertThat(rotated.tokens().expiresIn()).isNull();
                        assertThat(rotated.tokens().sub()).isNull();
                    });
        }

        @ParameterizedTest
        @CsvSource({"60, 60", "59.9, 59", "0, 0"})
        void expiresIn_mayBeDecimal(String value, long seconds) {
            assertThat(refresh(200, "application/json", "{\"access_token\":\"a1\",\"expires_in\":" + value + "}"))
                    .isInstanceOfSatisfying(
                            RefreshReply.Rotated.class,
                            rotated -> assertThat(rotated.tokens().expiresIn()).isEqualTo(Duration.ofSeconds(seconds)));
        }

        @Test
        void bodyThatBreaksAfterTheTokens_isUsed() {
            assertThat(refresh(request -> broken(TOKENS.substring(0, TOKENS.indexOf("atproto")))))
                    .isInstanceOfSatisfying(RefreshReply.Rotated.class, rotated -> {
                        assertThat(rotated.tokens().refreshToken()).isEqualTo("r1");
                        assertThat(rotated.tokens().scope()).isNull();
                    });
        }
    }

    /** Returns a response whose connection breaks after these characters. */
    private static TransportResponse broken(String body) {
        InputStream end = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new TransportException("connection reset", null, true);
            }
        };
        return TransportResponse.of(
                200,
                HttpHeaders.of("content-type", "application/json"),
                new SequenceInputStream(new ByteArrayInputStream(body.getBytes(UTF_8)), end));
    }
}
