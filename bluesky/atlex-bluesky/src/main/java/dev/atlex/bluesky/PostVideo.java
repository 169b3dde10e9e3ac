package dev.atlex.bluesky;

import app.bsky.embed.Video;
import dev.atlex.bluesky.video.VideoOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The video of a post: a file to upload, or one that was uploaded before. Immutable. */
public final class PostVideo {
    private final @Nullable Path path;
    private final Consumer<? super VideoOptions.Builder> options;
    private final @Nullable Video uploaded;

    private PostVideo(@Nullable Path path, Consumer<? super VideoOptions.Builder> options, @Nullable Video uploaded) {
        this.path = path;
        this.options = Objects.requireNonNull(options, "options");
        this.uploaded = uploaded;
    }

    /**
     * Returns the video in a file. The file is uploaded when the post is created.
     *
     * @param options changes {@link BlueskyOptions#video()}
     */
    public static PostVideo of(Path file, Consumer<? super VideoOptions.Builder> options) {
        return new PostVideo(Objects.requireNonNull(file, "file"), options, null);
    }

    /**
     * Returns a video that was uploaded before.
     *
     * @param embed the result of {@link dev.atlex.bluesky.video.Videos#embed}
     */
    public static PostVideo of(Video embed) {
        return new PostVideo(null, options -> {}, Objects.requireNonNull(embed, "embed"));
    }

    /** Returns the file, or null if the video was uploaded before. */
    public @Nullable Path path() {
        return path;
    }

    /** Returns the function that sets the upload's options. */
    public Consumer<? super VideoOptions.Builder> options() {
        return options;
    }

    /** Returns the uploaded video, or null if there is a file to upload. */
    public @Nullable Video uploaded() {
        return uploaded;
    }

    /** Returns whether the other object is the same video. Options are equal only if they are the same function. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PostVideo that
                && Objects.equals(path, that.path)
                && options.equals(that.options)
                && Objects.equals(uploaded, that.uploaded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, options, uploaded);
    }

    @Override
    public String toString() {
        return "PostVideo[" + (path == null ? "uploaded" : path) + "]";
    }
}
