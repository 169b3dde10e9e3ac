package dev.atlex.testkit.internal.video;

import org.jspecify.annotations.Nullable;

/** The current behavior of the video service. Threads of the server read it at each request. */
public final class VideoSettings {
    /** The way in which a job fails. */
    public record Failure(String code, String message) {}

    public volatile int steps;
    public volatile @Nullable Failure failure;
    public volatile boolean wrapped;
    public volatile boolean emailConfirmed;
    public volatile int dailyVideos;
    public volatile long dailyBytes;

    public VideoSettings() {
        reset();
    }

    /** Restores the initial behavior. */
    public void reset() {
        steps = 0;
        failure = null;
        wrapped = false;
        emailConfirmed = true;
        dailyVideos = 25;
        dailyBytes = 10_000_000_000L;
    }

    @Override
    public String toString() {
        return "steps=" + steps + ", failure=" + failure + ", wrapped=" + wrapped + ", emailConfirmed=" + emailConfirmed
                + ", dailyVideos=" + dailyVideos + ", dailyBytes=" + dailyBytes;
    }
}
