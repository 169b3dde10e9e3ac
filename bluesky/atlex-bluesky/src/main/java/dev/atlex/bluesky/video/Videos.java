package dev.atlex.bluesky.video;

import app.bsky.embed.EmbedDefs;
import app.bsky.embed.Video;
import app.bsky.video.GetUploadLimits;
import dev.atlex.bluesky.internal.video.UploadCheck;
import dev.atlex.bluesky.internal.video.VideoFile;
import dev.atlex.bluesky.internal.video.VideoJobs;
import dev.atlex.bluesky.internal.video.VideoService;
import dev.atlex.bluesky.internal.video.VideoTokens;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.BlobRef;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Uploads videos to Bluesky's video service, which encodes them and stores the result in the account's repository.
 * Thread-safe.
 *
 * <pre>{@code
 * Video video = Videos.of(session).embed(Path.of("clip.mp4"), v -> v.alt("A cat jumps"));
 * }</pre>
 *
 * <p>{@link #upload} and {@link #embed} return when the video can be posted. To survive a restart while the service
 * works, save the job ID that {@link #start} returns, and pass it to {@link #resume}.
 *
 * <p>Methods throw {@link dev.atlex.client.XrpcException} if a call fails before there is a job.
 *
 * @see <a href="https://docs.bsky.app/docs/tutorials/video">Bluesky: uploading video</a>
 */
public final class Videos {
    private final Client client;
    private final Did did;
    private final VideoOptions defaults;
    private final TimeSource time;

    Videos(Agent agent, VideoOptions defaults, TimeSource time) {
        this.client = new Client(agent);
        this.did = requireSignedIn(agent.did());
        this.defaults = Objects.requireNonNull(defaults, "defaults");
        this.time = time;
    }

    private static Did requireSignedIn(@Nullable Did did) {
        if (did == null) {
            throw new IllegalArgumentException("Videos.of: the agent is not signed in; pass a session");
        }
        return did;
    }

    /**
     * Returns an object that uploads videos for an account.
     *
     * @throws IllegalArgumentException if the agent isn't signed in
     */
    public static Videos of(Agent agent) {
        return of(agent, VideoOptions.DEFAULTS);
    }

    /** Like {@link #of(Agent)}, with options for all videos, such as a different service. */
    public static Videos of(Agent agent, VideoOptions defaults) {
        return new Videos(agent, defaults, TimeSource.SYSTEM);
    }

    /** Returns the options that apply to all videos, unless a call changes them. */
    public VideoOptions defaults() {
        return defaults;
    }

    /**
     * Returns how many videos and bytes the account may still upload today, and whether it may upload videos at all.
     */
    public GetUploadLimits.Output limits() {
        return service(defaults).limits(time.deadline(defaults.timeout()));
    }

    /**
     * Uploads a video and waits until it can be posted.
     *
     * @return the reference to put into a post; {@link #embed} returns the whole embed
     * @throws InvalidVideoException if the file can't be uploaded; nothing was sent
     * @throws VideoLimitException if the account may not upload it now; usually, the file wasn't sent
     * @throws VideoFailedException if the service failed to process it
     * @throws VideoTimeoutException if it isn't processed in time; the exception has the ID of the job to resume
     * @throws VideoException if the job's state can't be read
     */
    public BlobRef upload(Path file) {
        return upload(file, defaults);
    }

    /** Like {@link #upload(Path)}, but the function changes the {@linkplain #defaults() defaults}. */
    public BlobRef upload(Path file, Consumer<? super VideoOptions.Builder> options) {
        return upload(file, defaults.with(options));
    }

    /** Like {@link #upload(Path)}, with these options instead of the defaults. */
    public BlobRef upload(Path file, VideoOptions options) {
        return upload(VideoFile.open(file, options.mediaType()), options);
    }

    private BlobRef upload(VideoFile file, VideoOptions options) {
        Deadline deadline = time.deadline(options.timeout());
        VideoService service = service(options);
        VideoJobs.Job job = start(service, file, options, deadline);
        return jobs(service, options).await(job, deadline);
    }

    /**
     * Uploads a video and returns the ID of the job that processes it, without waiting for the job to finish.
     *
     * @return the job's ID, for {@link #state} and {@link #resume}
     * @throws InvalidVideoException if the file can't be uploaded; nothing was sent
     * @throws VideoLimitException if the account may not upload it now; usually, the file wasn't sent
     */
    public String start(Path file) {
        return start(file, defaults);
    }

    /** Like {@link #start(Path)}, but the function changes the {@linkplain #defaults() defaults}. */
    public String start(Path file, Consumer<? super VideoOptions.Builder> options) {
        return start(file, defaults.with(options));
    }

    /** Like {@link #start(Path)}, with these options instead of the defaults. */
    public String start(Path file, VideoOptions options) {
        VideoFile video = VideoFile.open(file, options.mediaType());
        return start(service(options), video, options, time.deadline(options.timeout()))
                .id();
    }

    private VideoJobs.Job start(VideoService service, VideoFile file, VideoOptions options, Deadline deadline) {
        UploadCheck.check(service, file.size(), deadline);
        return service.upload(file, options.onUpload(), deadline);
    }

    /**
     * Returns the state of a job, with one request.
     *
     * @throws VideoException if the state can't be read
     */
    public VideoState state(String jobId) {
        return jobs(service(defaults), defaults).poll(jobId, time.deadline(defaults.timeout()));
    }

    /**
     * Waits until a video that was {@linkplain #start uploaded} before can be posted.
     *
     * @param jobId the job's ID, which may come from another process
     * @throws VideoFailedException if the service failed to process it
     * @throws VideoTimeoutException if it isn't processed in time; call this method again to continue waiting
     * @throws VideoException if the job's state can't be read
     */
    public BlobRef resume(String jobId) {
        return resume(jobId, defaults);
    }

    /** Like {@link #resume(String)}, but the function changes the {@linkplain #defaults() defaults}. */
    public BlobRef resume(String jobId, Consumer<? super VideoOptions.Builder> options) {
        return resume(jobId, defaults.with(options));
    }

    private BlobRef resume(String jobId, VideoOptions options) {
        return jobs(service(options), options).await(jobId, time.deadline(options.timeout()));
    }

    /**
     * Uploads a video with its captions and returns the embed for a post.
     *
     * @throws InvalidVideoException for the same reasons as {@link #upload(Path)}
     * @throws VideoLimitException for the same reasons as {@link #upload(Path)}
     * @throws VideoFailedException for the same reasons as {@link #upload(Path)}
     * @throws VideoTimeoutException for the same reasons as {@link #upload(Path)}
     * @throws VideoException for the same reasons as {@link #upload(Path)}
     */
    public Video embed(Path file, Consumer<? super VideoOptions.Builder> options) {
        return embed(file, defaults.with(options));
    }

    /** Like {@link #embed(Path, Consumer)}, with these options instead of the defaults. */
    public Video embed(Path file, VideoOptions options) {
        VideoFile video = VideoFile.open(file, options.mediaType());
        EmbedDefs.AspectRatio ratio = options.aspectRatio() == null ? video.aspectRatio() : options.aspectRatio();
        return embed(upload(video, options), ratio, options);
    }

    /**
     * Uploads captions for a video that was uploaded before, and returns the embed for a post.
     *
     * @param video the result of {@link #upload} or {@link #resume}
     * @param options the captions, the alternative text and the aspect ratio
     */
    public Video embed(BlobRef video, Consumer<? super VideoOptions.Builder> options) {
        VideoOptions all = defaults.with(options);
        return embed(video, all.aspectRatio(), all);
    }

    private Video embed(BlobRef video, EmbedDefs.@Nullable AspectRatio ratio, VideoOptions options) {
        Video.Builder embed = Video.builder().video(video);
        if (ratio != null) {
            embed.aspectRatio(ratio);
        }
        if (options.alt() != null) {
            embed.alt(options.alt());
        }
        if (options.gif()) {
            embed.presentation(Video.PRESENTATION_GIF);
        }
        List<Video.Caption> captions =
                options.captions().stream().map(this::upload).toList();
        return (captions.isEmpty() ? embed : embed.captions(captions)).build();
    }

    private Video.Caption upload(VideoCaption caption) {
        return Video.Caption.builder()
                .lang(caption.language())
                .file(client.uploadBlob(RequestBody.of(caption.vtt()), "text/vtt"))
                .build();
    }

    private VideoService service(VideoOptions options) {
        VideoTokens tokens =
                new VideoTokens(client, options.service(), options.serviceDid(), options.pdsDid(), time.clock());
        Agent agent = client.agent();
        Transport transport = options.transport() == null ? agent.transport() : options.transport();
        return new VideoService(did, options.service(), transport, agent.observer(), tokens, time);
    }

    private VideoJobs jobs(VideoService service, VideoOptions options) {
        return new VideoJobs(service, options.onState(), time);
    }

    /** Returns the account and the service. */
    @Override
    public String toString() {
        return "Videos[" + did + ", " + defaults.service() + "]";
    }
}
