package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.HookedStore.Operation;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of bodies that can be sent only once. */
class StreamedUploadTest {
    private static final String UPLOAD = "com.atproto.repo.uploadBlob";

    private final OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private static int upload(OAuthSession session) {
        AgentRequest request = AgentRequest.post(
                        "/xrpc/" + UPLOAD, RequestBody.ofStream(new ByteArrayInputStream(new byte[1000])))
                .withHeaders(HttpHeaders.of("Content-Type", "image/png"));
        assertThat(request.isReplayable()).isFalse();
        try (TransportResponse response = session.send(request)) {
            return response.status();
        }
    }

    @Test
    void hundredUploads_acrossRotations_areNeverRejected() {
        oauth.pds.oauth().accessTokenLifetime(Duration.ofMinutes(5));
        OAuthSession session = oauth.opened(oauth.alice);
        for (int i = 0; i < 100; i++) {
            assertThat(upload(session)).as("upload %d", i).isEqualTo(200);
            oauth.advance(Duration.ofSeconds(37));
        }

        assertThat(oauth.pds.requests(UPLOAD)).hasSize(100).allMatch(request -> request.status() == 200);
        assertThat(oauth.pds.oauth().rotations()).isBetween(10, 16);
    }

    @Test
    void upload_inANewProgram_getsANonceFirst() {
        oauth.signIn(oauth.alice);
        oauth.pds.clearRequests();
        OAuthSession session = oauth.resumed(oauth.alice);

        assertThat(upload(session)).isEqualTo(200);
        assertThat(oauth.pds.requests(UPLOAD)).hasSize(1);
    }

    @Test
    void upload_withTokenThatIsDue_refreshesFirst() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.advance(Duration.ofMinutes(56));

        assertThat(upload(session)).isEqualTo(200);
        assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        assertThat(oauth.pds.requests(UPLOAD)).hasSize(1);
    }

    @Test
    void upload_withExpiredToken_thatCantBeRefreshed_isNotBegun() {
        OAuthSession session = oauth.opened(oauth.alice);
        oauth.expire();
        oauth.store.fail(Operation.LEASE);

        assertThatThrownBy(() -> upload(session)).isInstanceOf(SessionBusyException.class);
        assertThat(oauth.pds.requests(UPLOAD)).isEmpty();
    }
}
