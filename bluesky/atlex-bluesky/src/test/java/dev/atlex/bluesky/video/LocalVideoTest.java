package dev.atlex.bluesky.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.Video;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.PostVideo;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests uploads to the video service of a {@link LocalPds}, which verifies the tokens. */
class LocalVideoTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @TempDir
    Path folder;

    private LocalPds pds;
    private PasswordSession session;
    private VideoOptions options;
    private Videos videos;
    private Path clip;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice) throws IOException {
        this.pds = pds;
        session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password());
        options = VideoOptions.of(o -> o.service(pds.pdsUrl().toString()));
        TimeSource time = new TimeSource(Clock.systemUTC(), pause -> {}, () -> 1);
        videos = new Videos(session, options, time);
        clip = Files.write(folder.resolve("clip.mp4"), Mp4Samples.video(640, 360, 0));
    }

    @Test
    void video_isProcessedAndPosted() {
        pds.video().steps(3);
        Video embed = videos.embed(clip, v -> v.caption(VideoCaption.of("en", "WEBVTT")));
        assertThat(embed.video().size()).isEqualTo(clip.toFile().length());
        Bluesky bsky = Bluesky.of(session, BlueskyOptions.of(o -> o.video(options)));
        bsky.post(p -> p.text("Watch").video(PostVideo.of(embed)));
        assertThat(pds.records(session.did(), "app.bsky.feed.post")).hasSize(1);
    }

    @Test
    void sameVideoAgain_isFound() {
        String first = videos.start(clip);
        assertThat(videos.resume(first)).isEqualTo(videos.upload(clip));
        assertThat(videos.start(clip)).isEqualTo(first);
    }

    @Test
    void wrappedResponse_isRead() {
        pds.video().wrappedResponse(true);
        assertThat(videos.upload(clip).mimeType()).isEqualTo("video/mp4");
    }

    @Test
    void failedJob_isReported() {
        pds.video().steps(1).failJobs("encoding_failure", "unsupported codec");
        assertThatThrownBy(() -> videos.upload(clip))
                .isInstanceOf(VideoFailedException.class)
                .hasMessageContaining("unsupported codec (encoding_failure)");
    }

    @Test
    void unconfirmedEmail_failsBeforeTheUpload() {
        pds.video().emailConfirmed(false);
        assertThatThrownBy(() -> videos.upload(clip))
                .isInstanceOfSatisfying(
                        VideoLimitException.class,
                        e -> assertThat(e.reason()).isEqualTo(VideoLimitException.Reason.EMAIL_NOT_CONFIRMED));
        assertThat(pds.count("app.bsky.video.uploadVideo")).isZero();
    }

    @Test
    void dailyLimit_failsBeforeTheUpload() {
        pds.video().dailyLimit(1, 1_000_000);
        videos.start(clip);
        assertThat(videos.limits().canUpload()).isFalse();
        assertThatThrownBy(() -> videos.start(clip))
                .isInstanceOfSatisfying(
                        VideoLimitException.class,
                        e -> assertThat(e.reason()).isEqualTo(VideoLimitException.Reason.DAILY_VIDEOS));
    }
}
