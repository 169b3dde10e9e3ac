package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest extends PdsTest {
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";
    private static final byte[] IMAGE = new byte[100_000];

    private static RequestBody stream() {
        return RequestBody.ofStream(new ByteArrayInputStream(IMAGE));
    }

    private static void upload(PasswordSession session, RequestBody body) {
        assertThat(new Client(session).uploadBlob(body, "image/png").size()).isEqualTo(IMAGE.length);
    }

    @Test
    void oneTimeBody_expiredToken_isRefreshedFirst() {
        PasswordSession session = login();
        clock.advance(EXPIRY);
        pds.clearRequests();

        upload(session, stream());

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(REFRESH, UPLOAD);
    }

    @Test
    void sessionSavedLongAgoIsRefreshedBeforeAnUpload() {
        SessionData saved = login().data();
        clock.advance(EXPIRY);
        pds.clearRequests();

        upload(PasswordSession.of(saved, options()), stream());

        assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(REFRESH, UPLOAD);
    }

    @Test
    void tokenAboutToExpireIsRefreshedBeforeAnUpload() {
        pds.behavior().accessTokenLifetime(Duration.ofMinutes(5));
        PasswordSession session = login();
        clock.advance(Duration.ofMinutes(4));
        upload(session, stream());
        assertThat(refreshes()).isZero();

        clock.advance(Duration.ofSeconds(55));
        upload(session, stream());

        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void validTokenIsNotRefreshedForAnUpload() {
        PasswordSession session = login();

        upload(session, stream());

        assertThat(refreshes()).isZero();
    }

    @Test
    void oneTimeBody_rejectedToken_returnsTheFirstResponse() {
        PasswordSession session = login();
        clock.advance(Duration.ofSeconds(1));
        SessionData before = session.data();
        pds.faults().next(UPLOAD, Fault.status(400, "ExpiredToken", "Token has expired"));

        XrpcResponseException failure = failureOf(XrpcResponseException.class, () -> upload(session, stream()));

        assertThat(failure.error()).isEqualTo("ExpiredToken");
        assertThat(pds.count(UPLOAD)).isEqualTo(1);
        assertThat(refreshes()).isEqualTo(1);
        assertThat(session.data().accessJwt()).isNotEqualTo(before.accessJwt());
        upload(session, stream());
    }

    @Test
    void repeatableBody_isSentAgain(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("image.png"), IMAGE);
        AtomicInteger opened = new AtomicInteger();
        RequestBody[] bodies = {
            RequestBody.of(IMAGE),
            RequestBody.ofFile(file),
            RequestBody.ofSupplier(() -> {
                opened.incrementAndGet();
                return new ByteArrayInputStream(IMAGE);
            })
        };
        PasswordSession session = login();
        for (RequestBody body : bodies) {
            pds.expireAccessTokens();
            pds.clearRequests();

            upload(session, body);

            assertThat(pds.requests()).extracting(RecordedRequest::nsid).containsExactly(UPLOAD, REFRESH, UPLOAD);
            assertThat(pds.requests(UPLOAD))
                    .extracting(RecordedRequest::bodySize)
                    .containsOnly(IMAGE.length);
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void writeWithLostResponse_isNotRetried() {
        PasswordSession session = login();
        pds.faults().next(UPLOAD, Fault.dropAfterProcessing());

        failureOf(XrpcException.class, () -> upload(session, RequestBody.of(IMAGE)));

        assertThat(pds.count(UPLOAD)).isEqualTo(1);
    }
}
