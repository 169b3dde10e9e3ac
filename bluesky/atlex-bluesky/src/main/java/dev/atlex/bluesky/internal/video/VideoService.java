package dev.atlex.bluesky.internal.video;

import app.bsky.video.GetJobStatus;
import app.bsky.video.GetUploadLimits;
import app.bsky.video.UploadVideo;
import dev.atlex.bluesky.video.VideoLimitException;
import dev.atlex.bluesky.video.VideoOptions.UploadListener;
import dev.atlex.client.Call;
import dev.atlex.client.CallObserver;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the video service for an account. */
public final class VideoService {
    private static final Duration SHORT_CALL = Duration.ofSeconds(60);
    private static final int RETRIES = 3;
    private static final int UPLOAD_RETRIES = 2;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Did did;
    private final URI service;
    private final Transport transport;
    private final CallObserver observer;
    private final VideoTokens tokens;
    private final TimeSource time;

    /** @param did the account that uploads */
    public VideoService(
            Did did, URI service, Transport transport, CallObserver observer, VideoTokens tokens, TimeSource time) {
        this.did = did;
        this.service = service;
        this.transport = transport;
        this.observer = observer;
        this.tokens = tokens;
        this.time = time;
    }

    /** Returns the account's limits. */
    public GetUploadLimits.Output limits(Deadline deadline) {
        return client(new VideoAgent(service, transport, observer, tokens.forLimits(deadline), null))
                .call(GetUploadLimits.QUERY, p -> {}, retried(deadline));
    }

    /**
     * Uploads a file, which is read while it is sent, and returns the job that processes it. An upload that breaks off
     * is retried, because the service recognizes a video that it already has.
     *
     * @throws VideoLimitException if the service rejects it because of a limit
     */
    public VideoJobs.Job upload(VideoFile file, @Nullable UploadListener listener, Deadline deadline) {
        String name = "video-" + Long.toHexString((long) (time.random().getAsDouble() * (1L << 48))) + file.extension();
        String query = "?did=" + encode(did.toString()) + "&name=" + encode(name);
        String token = tokens.forUpload(deadline);
        VideoAgent agent =
                new VideoAgent(service, transport, observer, token, new VideoAgent.Upload(query, file.mediaType()));
        RequestBody body = new ProgressBody(RequestBody.ofFile(file.path()), file.size(), listener);
        CallOptions options = CallOptions.of(o -> o.timeout(deadline.leftWithin(Duration.ofDays(1)))
                .validateResponse(false)
                .retries(r -> r.maxRetries(UPLOAD_RETRIES).when((failure, attempts) -> failure.retryable())));
        try {
            XrpcResponse<UploadVideo.Output> response =
                    client(agent).xrpc(Call.of(UploadVideo.PROCEDURE, body), options);
            VideoJobs.Job job = VideoJobs.Job.find(response.body().toLexMap());
            if (job == null) {
                throw new XrpcInvalidResponseException(
                        UploadVideo.PROCEDURE, response.status(), response.headers(), "the response has no job", null);
            }
            return job;
        } catch (XrpcResponseException e) {
            if (e.payload() instanceof LexMap payload) {
                // If the service already has this video, the earlier job is as good as a new one.
                VideoJobs.Job job = e.status() == CONFLICT ? VideoJobs.Job.find(payload) : null;
                if (job != null) {
                    return job.toBePolled();
                }
                VideoLimitException limit =
                        e.status() == BAD_REQUEST ? UploadCheck.ofRefusal(payload, file.size(), e) : null;
                if (limit != null) {
                    throw limit;
                }
            }
            throw e;
        }
    }

    /** Returns the state of a job as JSON. The call needs no token. */
    LexMap jobStatus(String jobId, Deadline deadline) {
        CallOptions options = retried(deadline);
        return client(new VideoAgent(service, transport, observer, null, null))
                .call(
                        GetJobStatus.QUERY,
                        p -> p.jobId(jobId),
                        CallOptions.of(o -> o.validateResponse(false)).orElse(options))
                .toLexMap();
    }

    private static Client client(VideoAgent agent) {
        return new Client(agent);
    }

    private static CallOptions retried(Deadline deadline) {
        return CallOptions.of(o -> o.timeout(deadline.leftWithin(SHORT_CALL)).retries(RETRIES));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
