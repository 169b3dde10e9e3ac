package dev.atlex.session.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFailureTest {
    private static AuthFailure failure(int status, String type, String body) {
        HttpHeaders headers = type.isEmpty() ? HttpHeaders.of() : HttpHeaders.of("Content-Type", type);
        InputStream stream = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return AuthFailure.of(TransportResponse.of(status, headers, stream));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"ExpiredToken\"}",
                "{\"error\":\"ExpiredToken\",\"message\":null}",
                "{\"error\":\"ExpiredToken\",\"message\":5,\"n\":1e999}",
                "{\"error\":\"ExpiredToken\",\"message\":\"cut"
            })
    void expiredToken_otherFieldsInTheBody_isDetected(String body) {
        for (String type : new String[] {"application/json", "text/plain", "application/problem+json", ""}) {
            AuthFailure failure = failure(400, type, body);
            assertThat(failure.refreshMayHelp()).as(type + body).isTrue();
            assertThat(failure.tokenExpired()).isTrue();
            assertThat(new String(failure.response().readAll(), StandardCharsets.UTF_8))
                    .isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"error\":5}", "null", "{\"message\":\"ExpiredToken\"}"})
    void otherError400_needsNoNewToken(String body) {
        assertThat(failure(400, "application/json", body).refreshMayHelp()).isFalse();
        assertThat(failure(401, "text/html", body).refreshMayHelp()).isTrue();
    }

    /** A body of any length, announced or not, is passed on whole; only its beginning is read. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void longBody_isPassedOnUnread(int status) throws IOException {
        String start = "{\"error\":\"ExpiredToken\",\"message\":\"" + "x".repeat(20_000);
        InputStream endless = new InputStream() {
            private int count;

            @Override
            public int read() {
                assertThat(count++).isLessThan(100_000);
                return 'x';
            }
        };
        AuthFailure failure = AuthFailure.of(TransportResponse.of(
                status,
                HttpHeaders.of("Content-Type", "application/json"),
                new SequenceInputStream(new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), endless)));
        assertThat(failure.refreshMayHelp()).isTrue();
        assertThat(failure.tokenExpired()).isTrue();
        byte[] read = failure.response().body().readNBytes(30_000);
        assertThat(new String(read, StandardCharsets.UTF_8)).startsWith(start);
    }

    @Test
    void responseKeepsItsUri() {
        URI from = URI.create("https://pds.test/xrpc/x");
        for (int length : new int[] {10, 20_000}) {
            TransportResponse response = TransportResponse.of(401, HttpHeaders.of(), new byte[length])
                    .withUri(from);
            assertThat(AuthFailure.of(response).response().uri()).isEqualTo(from);
        }
    }
}
