package dev.atlex.bluesky.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.Video;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.data.BlobRef;
import dev.atlex.data.LexMap;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests uploads and jobs against a scripted video service, with the service tokens of a local PDS. */
@Timeout(60)
class VideosTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String COMPLETED = ",'progress':100,'blob':" + VideoServer.BLOB.replace('"', '\'');
    private static final String CREATED = VideoServer.status("JOB_STATE_CREATED", "");

    private final VideoServer server = new VideoServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicLong slept = new AtomicLong();

    @TempDir
    Path folder;

    private PasswordSession session;
    private Path clip;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice) throws IOException {
        session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password());
        clip = Files.write(folder.resolve("clip.mp4"), Mp4Samples.video(640, 360, 0));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Time passes only when the code under test sleeps. */
    private Videos videos() {
        long start = System.nanoTime();
        TimeSource time = new TimeSource(
                Clock.systemUTC(),
                () -> start + slept.get(),
                pause -> {
                    pauses.add(pause);
                    slept.addAndGet(pause.toNanos());
                },
                () -> 1);
        return new Videos(session, VideoOptions.of(o -> o.service(server.url())), time);
    }

    private static void assertBlob(BlobRef blob) {
        assertThat(blob.mimeType()).isEqualTo("video/mp4");
        assertThat(blob.size()).isEqualTo(12345);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    /** Failure modes V1 and V2 in {@code docs/failure-modes.md}. */
    @Nested
    class Tokens {
        @Test
        void upload_sendsAServiceTokenForThePds() {
            server.upload(200, CREATED).job("JOB_STATE_COMPLETED", COMPLETED);
            assertBlob(videos().upload(clip));
            VideoServer.Seen upload = server.seen("uploadVideo").get(0);
            assertThat(upload.token()).isNotNull().isNotEqualTo(session.data().accessJwt());
            LexMap claims = upload.claims();
            assertThat(claims.getString("iss")).isEqualTo(session.did().toString());
            assertThat(claims.getString("aud")).isEqualTo("did:web:localhost");
            assertThat(claims.getString("lxm")).isEqualTo("com.atproto.repo.uploadBlob");
            assertThat(claims.getInteger("exp")).isBetween(now() + 1700, now() + 1800);
        }

        @Test
        void limits_areRequestedWithTokenForVideoService() {
            Videos videos = Videos.of(
                    session,
                    VideoOptions.of(o -> o.service(server.url()).serviceDid(Did.of("did:web:video.example.com"))));
            assertThat(videos.limits().canUpload()).isTrue();
            LexMap claims = server.seen("getUploadLimits").get(0).claims();
            assertThat(claims.getString("aud")).isEqualTo("did:web:video.example.com");
            assertThat(claims.getString("lxm")).isEqualTo("app.bsky.video.getUploadLimits");
        }

        @Test
        void audience_canBeSet() {
            server.upload(200, CREATED);
            videos().start(clip, v -> v.pdsDid(Did.of("did:web:pds.example.com")));
            assertThat(server.seen("uploadVideo").get(0).claims().getString("aud"))
                    .isEqualTo("did:web:pds.example.com");
        }

        @Test
        void tokenInAnError_isRedacted() {
            server.upload(401, "{'error':'BadJwt','message':'expired'}");
            assertThatThrownBy(() -> videos().upload(clip))
                    .isInstanceOf(XrpcResponseException.class)
                    .hasMessageContaining("BadJwt");
            String token = server.seen("uploadVideo").get(0).token();
            server.upload(400, "{'error':'BadJwt','message':'bad token " + token + "'}");
            assertThatThrownBy(() -> videos().upload(clip)).isInstanceOf(XrpcResponseException.class);
            assertThatThrownBy(() -> videos().upload(clip)).isInstanceOfSatisfying(XrpcResponseException.class, e -> {
                String last = String.valueOf(server.seen("uploadVideo").get(2).token());
                assertThat(e.getMessage() + e.bodyText()).doesNotContain(last);
            });
        }
    }

    /** Failure mode V3. */
    @Nested
    class Responses {
        @Test
        void bareJob_isRead() {
            server.upload(200, CREATED);
            assertThat(videos().start(clip)).isEqualTo("j1");
        }

        @Test
        void wrappedJob_isRead() {
            server.upload(200, "{'jobStatus':" + CREATED + "}");
            assertThat(videos().start(clip)).isEqualTo("j1");
        }

        @Test
        void conflictWithAJob_isSuccess() {
            server.upload(
                            409,
                            "{'error':'already_exists','message':'Video already processed','jobId':'j1',"
                                    + "'did':'did:web:localhost','state':'JOB_STATE_COMPLETED'}")
                    .job("JOB_STATE_COMPLETED", COMPLETED);
            assertBlob(videos().upload(clip));
        }

        @Test
        void conflictWithABlob_needsNoPoll() {
            server.upload(409, VideoServer.status("JOB_STATE_COMPLETED", ",'error':'already_exists'" + COMPLETED));
            assertBlob(videos().upload(clip));
            assertThat(server.seen("getJobStatus")).isEmpty();
        }

        @Test
        void conflictWithoutAJob_fails() {
            server.upload(409, "{'error':'already_exists'}");
            assertThatThrownBy(() -> videos().upload(clip)).isInstanceOf(XrpcResponseException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{'jobStatus':{'state':'JOB_STATE_CREATED'}}", "{'jobStatus':{'jobId':''}}"})
        void responseWithoutAJob_fails(String json) {
            server.upload(200, json);
            assertThatThrownBy(() -> videos().upload(clip))
                    .isInstanceOf(XrpcInvalidResponseException.class)
                    .hasMessageContaining("the response has no job");
        }

        @Test
        void upload_namesAccountFileAndType() {
            server.upload(200, CREATED);
            videos().start(clip);
            VideoServer.Seen upload = server.seen("uploadVideo").get(0);
            assertThat(upload.query())
                    .matches("did=" + session.did().toString().replace(":", "%3A") + "&name=video-[0-9a-f]+\\.mp4");
            assertThat(upload.type()).isEqualTo("video/mp4");
            assertThat(upload.bytes()).isEqualTo(clip.toFile().length());
        }

        @Test
        void temporaryFailure_isRepeated() {
            server.upload(503, "{}").upload(200, CREATED);
            assertThat(videos().start(clip)).isEqualTo("j1");
            assertThat(server.seen("uploadVideo")).hasSize(2);
        }
    }

    /** Failure modes V5 and V6. */
    @Nested
    class Jobs {
        @Test
        void upload_returnsWhenBlobExists() {
            server.upload(200, CREATED)
                    .job("JOB_STATE_ENCODING", ",'progress':30")
                    .job("JOB_STATE_UPLOADED", ",'progress':100")
                    .job("JOB_STATE_COMPLETED", COMPLETED);
            List<VideoState> states = new ArrayList<>();
            assertBlob(videos().upload(clip, v -> v.onState(states::add)));
            assertThat(states).hasSize(4);
            assertThat(states.get(1)).isEqualTo(new VideoState.Processing(30, "JOB_STATE_ENCODING"));
            assertThat(states.get(3)).isInstanceOf(VideoState.Completed.class);
            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(1500));
        }

        @Test
        void failedJob_throwsImmediately() {
            server.upload(200, CREATED)
                    .job("JOB_STATE_ENCODING", "")
                    .job("JOB_STATE_FAILED", ",'failureCode':'encoding_failure','message':'unsupported codec'");
            assertThatThrownBy(() -> videos().upload(clip)).isInstanceOfSatisfying(VideoFailedException.class, e -> {
                assertThat(e.jobId()).isEqualTo("j1");
                assertThat(e.reason()).isEqualTo("unsupported codec");
                assertThat(e.code()).isEqualTo("encoding_failure");
            });
            assertThat(server.seen("getJobStatus")).hasSize(2);
        }

        @Test
        void failedJobInTheUploadsResponse_isNotPolled() {
            server.upload(200, VideoServer.status("JOB_STATE_FAILED", ",'error':'no video'"));
            assertThatThrownBy(() -> videos().upload(clip)).isInstanceOf(VideoFailedException.class);
            assertThat(server.seen("getJobStatus")).isEmpty();
        }

        @Test
        void completedJobWithoutABlob_fails() {
            server.job("JOB_STATE_COMPLETED", "");
            assertThatThrownBy(() -> videos().resume("j1"))
                    .isInstanceOf(VideoFailedException.class)
                    .hasMessageContaining("completed without a blob");
        }

        @Test
        void endlessJob_timesOut_andExceptionNamesJob() {
            server.upload(200, CREATED).job("JOB_STATE_ENCODING", ",'progress':1");
            assertThatThrownBy(() -> videos().upload(clip, v -> v.timeout(Duration.ofMinutes(5))))
                    .isInstanceOfSatisfying(
                            VideoTimeoutException.class,
                            e -> assertThat(e.jobId()).isEqualTo("j1"));
            assertThat(pauses).hasSizeBetween(20, 60).last().isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void job_isResumedById() {
            server.job("JOB_STATE_SCANNING", "").job("JOB_STATE_COMPLETED", COMPLETED);
            assertBlob(videos().resume("j1"));
            assertThat(server.seen("getJobStatus").get(0).query()).isEqualTo("jobId=j1");
        }

        @Test
        void polling_survivesAnUnavailableService() {
            for (int i = 0; i < 6; i++) {
                server.job(503, "{}");
            }
            server.job("JOB_STATE_COMPLETED", COMPLETED);
            assertBlob(videos().resume("j1", v -> v.timeout(Duration.ofMinutes(15))));
        }

        @Test
        void unknownJob_failsAndNamesIt() {
            server.job(400, "{'error':'InvalidRequest','message':'job not found'}");
            assertThatThrownBy(() -> videos().resume("j1"))
                    .isInstanceOfSatisfying(
                            VideoException.class, e -> assertThat(e.jobId()).isEqualTo("j1"))
                    .hasMessageContaining("job not found")
                    .hasCauseInstanceOf(XrpcResponseException.class);
            assertThat(server.seen("getJobStatus")).hasSize(1);
        }

        @Test
        void state_isReadWithOneRequest() {
            server.job("JOB_STATE_NEW_KIND", ",'progress':250");
            assertThat(videos().state("j1")).isEqualTo(new VideoState.Processing(100, "JOB_STATE_NEW_KIND"));
        }
    }

    /** Failure mode V8. */
    @Nested
    class Limits {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'canUpload':false,'error':'unconfirmed_email','message':'Confirm your email'}|EMAIL_NOT_CONFIRMED",
                    "{'canUpload':false,'remainingDailyVideos':0,'remainingDailyBytes':9999999}|DAILY_VIDEOS",
                    "{'canUpload':true,'remainingDailyVideos':0}|DAILY_VIDEOS",
                    "{'canUpload':true,'remainingDailyVideos':3,'remainingDailyBytes':10}|DAILY_BYTES",
                    "{'canUpload':false,'message':'suspended'}|OTHER",
                })
        void exhaustedLimit_failsBeforeTheUpload(String limits, VideoLimitException.Reason reason) {
            server.limits(200, limits);
            assertThatThrownBy(() -> videos().upload(clip))
                    .isInstanceOfSatisfying(
                            VideoLimitException.class,
                            e -> assertThat(e.reason()).isEqualTo(reason));
            assertThat(server.seen("uploadVideo")).isEmpty();
        }

        @Test
        void rejectedUpload_throwsTypedException() {
            server.upload(
                    400,
                    "{'jobStatus':{'jobId':'','did':'','state':'','error':'daily_limit_exceeded',"
                            + "'message':'User has exceeded daily upload bytes limit'}}");
            assertThatThrownBy(() -> videos().upload(clip))
                    .isInstanceOfSatisfying(
                            VideoLimitException.class,
                            e -> assertThat(e.reason()).isEqualTo(VideoLimitException.Reason.DAILY_BYTES));
        }

        @Test
        void serviceWithoutLimits_isAccepted() {
            server.limits(501, "{'error':'MethodNotImplemented'}").upload(200, CREATED);
            assertThat(videos().start(clip)).isEqualTo("j1");
        }
    }

    /** Failure mode V9. */
    @Nested
    class Streaming {
        @Test
        void largeFile_isReadOnlyAsFastAsItIsSent() throws IOException {
            long size = 64 << 20;
            Path large = folder.resolve("large.mp4");
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                file.write(Mp4Samples.video(16, 9, 0));
                file.setLength(size);
            }
            server.upload(200, CREATED);
            AtomicLong ahead = new AtomicLong();
            List<Long> sent = new ArrayList<>();
            videos().start(
                            large,
                            v -> v.onUpload((bytes, total) -> {
                                assertThat(total).isEqualTo(size);
                                sent.add(bytes);
                                ahead.accumulateAndGet(bytes - server.received.get(), Math::max);
                            }));
            assertThat(sent).isSorted().last().isEqualTo(size);
            assertThat(server.seen("uploadVideo").get(0).bytes()).isEqualTo(size);
            // The buffers of the JDK and the operating system hold some megabytes. If the file were read into memory,
            // much more would be read than sent.
            assertThat(ahead.get()).isLessThan(size / 2);
        }

        @Test
        void tooLargeFile_isRefusedBeforeARequest() throws IOException {
            Path large = folder.resolve("large.mp4");
            try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
                file.setLength(300_000_001);
            }
            assertThatThrownBy(() -> videos().upload(large))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("the limit is 300000000 bytes");
            assertThat(server.requests).isEmpty();
        }

        @Test
        void fileThatIsNoVideo_isRefusedBeforeARequest() throws IOException {
            Path text = Files.writeString(folder.resolve("clip.mp4.txt"), "not a video");
            assertThatThrownBy(() -> videos().upload(text))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("expected MP4");
            Path empty = Files.createFile(folder.resolve("empty.mp4"));
            assertThatThrownBy(() -> videos().upload(empty)).isInstanceOf(InvalidVideoException.class);
            assertThatThrownBy(() -> videos().upload(folder.resolve("missing.mp4")))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("no such file");
            assertThatThrownBy(() -> videos().upload(clip, v -> v.mediaType("video/x-flv")))
                    .isInstanceOf(InvalidVideoException.class);
            assertThat(server.requests).isEmpty();
        }
    }

    @Nested
    class Embeds {
        @Test
        void embed_hasRatioAltAndCaptions() {
            server.upload(200, CREATED).job("JOB_STATE_COMPLETED", COMPLETED);
            Video embed = videos().embed(
                            clip,
                            v -> v.alt("A cat")
                                    .caption(VideoCaption.of("en", "WEBVTT\n\n00:00.000 --> 00:01.000\nMeow")));
            assertBlob(embed.video());
            assertThat(embed.alt()).isEqualTo("A cat");
            assertThat(embed.aspectRatio().width()).isEqualTo(640);
            assertThat(embed.aspectRatio().height()).isEqualTo(360);
            assertThat(embed.captions()).hasSize(1);
            assertThat(embed.captions().get(0).lang().toString()).isEqualTo("en");
            assertThat(embed.captions().get(0).file().mimeType()).isEqualTo("text/vtt");
        }

        @Test
        void resumedVideo_isEmbeddedWithTheCallersRatio() {
            server.job("JOB_STATE_COMPLETED", COMPLETED);
            Videos videos = videos();
            Video embed =
                    videos.embed(videos.resume("j1"), v -> v.aspectRatio(9, 16).gif(true));
            assertThat(embed.aspectRatio().height()).isEqualTo(16);
            assertThat(embed.presentation()).isEqualTo("gif");
            assertThat(embed.captions()).isNull();
        }

        @Test
        void invalidCaptions_areRefused() {
            assertThatThrownBy(() -> VideoCaption.of("en", "1\n00:00 --> 00:01\nSRT"))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("not WebVTT");
            assertThatThrownBy(() -> VideoCaption.of("english!", "WEBVTT"))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("language tag");
            assertThatThrownBy(() -> VideoCaption.of("en", "WEBVTT" + " ".repeat(20_000)))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("20000 bytes");
            assertThatThrownBy(() -> VideoCaption.of("en", folder.resolve("missing.vtt")))
                    .isInstanceOf(InvalidVideoException.class);
            VideoCaption caption = VideoCaption.of("en", "\ufeffWEBVTT");
            assertThatThrownBy(() -> VideoOptions.of(v -> {
                        for (int i = 0; i < 21; i++) {
                            v.caption(caption);
                        }
                    }))
                    .isInstanceOf(InvalidVideoException.class)
                    .hasMessageContaining("more than 20");
        }
    }
}
