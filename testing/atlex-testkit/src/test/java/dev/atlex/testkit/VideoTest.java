package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VideoTest {
    private static final MutableClock CLOCK = MutableClock.atPresent();
    private static final String UPLOAD_BLOB = "com.atproto.repo.uploadBlob";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.clock(CLOCK));

    private LocalPds pds;
    private Http http;
    private TestAccount alice;
    private String session;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        this.pds = pds;
        this.alice = alice;
        http = new Http(pds);
        session = http.login(alice).string("accessJwt");
        token = serviceToken("did:web:localhost", UPLOAD_BLOB);
    }

    private String serviceToken(String audience, String method) {
        return http.get("com.atproto.server.getServiceAuth?aud=" + audience + "&lxm=" + method, session)
                .ok()
                .string("token");
    }

    private Http.Reply upload(String bearer, String content) {
        return upload(bearer, content, "?did=" + alice.did() + "&name=clip.mp4", "video/mp4");
    }

    private Http.Reply upload(String bearer, String content, String query, String type) {
        return http.send(http.request("/xrpc/app.bsky.video.uploadVideo" + query, bearer)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(content)));
    }

    private LexMap state(String jobId) {
        LexMap response = http.get("app.bsky.video.getJobStatus?jobId=" + jobId, null)
                .ok()
                .json();
        return Shapes.output("app.bsky.video.getJobStatus", response).getMap("jobStatus");
    }

    private LexMap limits() {
        String own = serviceToken("did:web:video.bsky.app", "app.bsky.video.getUploadLimits");
        LexMap response = http.get("app.bsky.video.getUploadLimits", own).ok().json();
        return Shapes.output("app.bsky.video.getUploadLimits", response);
    }

    private Http.Reply post(LexMap video) {
        return http.post(
                "com.atproto.repo.createRecord",
                session,
                "{'repo':'alice.test','collection':'app.bsky.feed.post','record':{'text':'x',"
                        + "'createdAt':'2024-01-01T00:00:00.000Z','embed':{'$type':'app.bsky.embed.video','video':"
                        + video.toJson() + "}}}");
    }

    @Test
    void upload_completesAndCanBePosted() {
        LexMap created = upload(token, "video").ok().json();
        LexMap completed = state(created.getString("jobId"));

        assertThat(created.getString("state")).isEqualTo("JOB_STATE_CREATED");
        assertThat(created.getString("did")).isEqualTo(alice.did().toString());
        assertThat(completed.getString("state")).isEqualTo("JOB_STATE_COMPLETED");
        assertThat(completed.getMap("blob").getString("mimeType")).isEqualTo("video/mp4");
        post(completed.getMap("blob")).ok();
    }

    @Test
    void steps_reportProgressBeforeTheBlobIsThere() {
        pds.video().steps(3);
        String job = upload(token, "video").ok().string("jobId");
        List<Long> progress = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            progress.add(state(job).getInteger("progress"));
        }
        LexMap early = LexMap.builder()
                .put("$type", "blob")
                .put("ref", Cid.ofRaw("video".getBytes(StandardCharsets.UTF_8)))
                .put("mimeType", "video/mp4")
                .put("size", 5)
                .build();

        assertThat(progress).containsExactly(0L, 33L, 66L);
        assertThat(post(early).error()).startsWith("400 BlobNotFound");
        assertThat(state(job).getMap("blob")).isEqualTo(early);
        post(early).ok();
    }

    @Test
    void failedJob_staysFailed() {
        pds.video().failJobs("encoding_failure", "unsupported codec");
        String job = upload(token, "video").ok().string("jobId");
        pds.video().completeJobs();

        for (int i = 0; i < 2; i++) {
            LexMap failed = state(job);
            assertThat(failed.getString("state")).isEqualTo("JOB_STATE_FAILED");
            assertThat(failed.getString("failureCode")).isEqualTo("encoding_failure");
            assertThat(failed.getString("message")).isEqualTo("unsupported codec");
        }
        assertThat(upload(token, "video").status())
                .as("a failed video may be uploaded again")
                .isEqualTo(200);
    }

    @Test
    void sameVideo_returnsFirstJob() {
        String job = upload(token, "video").ok().string("jobId");
        state(job);
        Http.Reply again = upload(token, "video");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.string("error")).isEqualTo("already_exists");
        assertThat(again.string("jobId")).isEqualTo(job);
        assertThat(state(job).getMap("blob")).isNotNull();
    }

    @Test
    void failedJob_reportsItsStepsFirst() {
        pds.video().steps(3);
        pds.video().failJobs("encoding_failure", "unsupported codec");
        String job = upload(token, "video").ok().string("jobId");
        for (int i = 0; i < 3; i++) {
            assertThat(state(job).getString("state")).isEqualTo("JOB_STATE_ENCODING");
        }

        assertThat(state(job).getString("state")).isEqualTo("JOB_STATE_FAILED");
    }

    @Test
    void wrappedResponse_followsTheLexicon() {
        pds.video().wrappedResponse(true);
        LexMap response = upload(token, "video").ok().json();

        assertThat(Shapes.output("app.bsky.video.uploadVideo", response).getMap("jobStatus"))
                .containsKey("jobId");
    }

    @Test
    void emailNotConfirmed_refusesUploads() {
        pds.video().emailConfirmed(false);
        Http.Reply refused = upload(token, "video");

        assertThat(limits().getBoolean("canUpload")).isFalse();
        assertThat(limits().getString("error")).isEqualTo("unconfirmed_email");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getMap("jobStatus").getString("error")).isEqualTo("unconfirmed_email");
        assertThat(refused.json().getMap("jobStatus").getString("jobId")).isEmpty();
    }

    @Test
    void dailyLimit_countsVideosAndBytes() {
        pds.video().dailyLimit(2, 8);
        upload(token, "video").ok();
        assertThat(limits().getInteger("remainingDailyVideos")).isEqualTo(1);
        assertThat(limits().getInteger("remainingDailyBytes")).isEqualTo(3);
        assertThat(upload(token, "large").json().getMap("jobStatus").getString("message"))
                .isEqualTo("User has exceeded daily upload bytes limit");
        upload(token, "abc").ok();

        assertThat(limits().getBoolean("canUpload")).isFalse();
        assertThat(upload(token, "a").json().getMap("jobStatus").getString("error"))
                .isEqualTo("daily_limit_exceeded");
    }

    @Test
    void token_mustBeForTheServerAndTheMethod() {
        assertThat(upload(null, "video").error()).startsWith("401 MissingJwt");
        assertThat(upload(session, "video").error()).isEqualTo("401 BadJwtType: Invalid jwt type \"at+jwt\"");
        assertThat(upload("x.y", "video").error()).startsWith("401 BadJwt:");
        assertThat(upload(serviceToken("did:web:video.bsky.app", UPLOAD_BLOB), "video")
                        .error())
                .startsWith("401 BadJwtAudience");
        assertThat(upload(serviceToken("did:web:localhost", "app.bsky.video.uploadVideo"), "video")
                        .error())
                .startsWith("401 BadJwtLexiconMethod");
        String[] parts = token.split("\\.");
        assertThat(upload(parts[0] + "." + parts[1] + ".AAAA", "video").error()).startsWith("401 BadJwtSignature");
        String port = "did:web:127.0.0.1%253A" + pds.url().getPort();
        assertThat(upload(serviceToken(port, UPLOAD_BLOB), "video").status()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(upload(token, "video").error()).isEqualTo("401 JwtExpired: jwt expired");
    }

    @Test
    void request_mustNameItsAccountAndAVideo() {
        assertThat(upload(token, "video", "", "video/mp4").error()).isEqualTo("400 InvalidRequest: missing did");
        assertThat(upload(token, "video", "?did=did:plc:other", "video/mp4").status())
                .isEqualTo(401);
        assertThat(upload(token, "video", "?did=" + alice.did(), "text/plain").error())
                .startsWith("400 UnsupportedContentType");
        assertThat(upload(token, "").error()).isEqualTo("400 InvalidRequest: empty video");
        assertThat(http.get("app.bsky.video.getJobStatus?jobId=none", null).error())
                .isEqualTo("400 InvalidRequest: job not found");
        assertThat(http.get("app.bsky.video.getUploadLimits", session).error()).startsWith("401 BadJwtType");
    }

    @Test
    void largeVideo_isAccepted() {
        assertThat(upload(token, "v".repeat(20_000_000)).status()).isEqualTo(200);
    }

    @Test
    void reset_restoresEverything() {
        pds.video().steps(5).dailyLimit(0, 0).emailConfirmed(false);
        String before = pds.video().toString();
        pds.reset();

        assertThat(before).contains("steps=5");
        assertThat(pds.video().toString()).contains("steps=0", "emailConfirmed=true", "dailyVideos=25");
        assertThatThrownBy(() -> pds.video().steps(-1)).hasMessage("steps must not be negative (got -1)");
        assertThatThrownBy(() -> pds.video().dailyLimit(-1, 0))
                .hasMessage("dailyLimit must not be negative (got -1 videos, 0 bytes)");
    }
}
