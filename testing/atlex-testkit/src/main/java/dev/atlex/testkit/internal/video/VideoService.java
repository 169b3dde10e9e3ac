package dev.atlex.testkit.internal.video;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs of the video service. A job advances by one step with each request for its state, so that tests need not wait. */
public final class VideoService {
    /** The maximum size of a video in bytes. */
    public static final int MAX_BYTES = 300_000_000;

    private static final class Job {
        final String id;
        final String did;
        final Cid source;
        final int steps;
        final VideoSettings.@Nullable Failure failure;
        byte[] content;
        int stepsDone;

        @Nullable
        LexMap blob;

        Job(String id, String did, Cid source, byte[] content, VideoSettings settings) {
            this.id = id;
            this.did = did;
            this.source = source;
            this.content = content;
            this.steps = settings.steps;
            this.failure = settings.failure;
        }
    }

    /**
     * The response to an upload.
     *
     * @param status the status: 200, 400, or 409 if the account has uploaded the same video before
     */
    public record Upload(int status, LexMap body) {}

    private final VideoSettings settings;
    private final Supplier<String> ids;
    private final BiFunction<String, byte[], LexMap> store;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Integer> videos = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();

    /** @param store a function that stores a video as one of an account's blobs and returns the blob's reference */
    public VideoService(VideoSettings settings, Supplier<String> ids, BiFunction<String, byte[], LexMap> store) {
        this.settings = settings;
        this.ids = ids;
        this.store = store;
    }

    /** Starts a job, unless the account may not upload or has already uploaded the same video. */
    public Upload upload(String did, byte[] content) {
        LexMap limit = refusal(did, content.length);
        if (limit != null) {
            // Unlike other responses, this one is wrapped in a field, and its strings are empty.
            LexMap refused = limit.toBuilder()
                    .put("did", "")
                    .put("jobId", "")
                    .put("state", "")
                    .build();
            return new Upload(400, LexMap.of("jobStatus", refused));
        }
        Cid source = Cid.ofRaw(content);
        for (Job known : jobs.values()) {
            if (known.did.equals(did) && known.source.equals(source) && known.blob != null) {
                return new Upload(
                        409,
                        status(known, "JOB_STATE_COMPLETED")
                                .put("error", "already_exists")
                                .put("message", "Video already processed")
                                .build());
            }
        }
        videos.merge(did, 1, Integer::sum);
        bytes.merge(did, (long) content.length, Long::sum);
        Job job = new Job(ids.get(), did, source, content, settings);
        jobs.put(job.id, job);
        LexMap created = status(job, "JOB_STATE_CREATED").build();
        return new Upload(200, settings.wrapped ? LexMap.of("jobStatus", created) : created);
    }

    private static LexMap.Builder status(Job job, String state) {
        return LexMap.builder().put("jobId", job.id).put("did", job.did).put("state", state);
    }

    /** Advances a job and returns its state, or null if there is no such job. */
    public @Nullable LexMap advance(String jobId) {
        Job job = jobs.get(jobId);
        if (job == null) {
            return null;
        }
        if (job.stepsDone < job.steps) {
            int percent = (int) (100L * job.stepsDone++ / job.steps);
            return status(job, "JOB_STATE_ENCODING").put("progress", percent).build();
        }
        VideoSettings.Failure failure = job.failure;
        if (failure != null) {
            return status(job, "JOB_STATE_FAILED")
                    .put("error", "video processing error for job: " + job.id)
                    .put("failureCode", failure.code())
                    .put("message", failure.message())
                    .build();
        }
        if (job.blob == null) {
            job.blob = store.apply(job.did, job.content);
            job.content = new byte[0];
        }
        return status(job, "JOB_STATE_COMPLETED")
                .put("progress", 100)
                .put("blob", job.blob)
                .build();
    }

    /** Returns an account's remaining allowance for today: the output of {@code getUploadLimits}. */
    public LexMap limits(String did) {
        LexMap refusal = refusal(did, 0);
        LexMap.Builder limits = LexMap.builder()
                .put("canUpload", refusal == null)
                .put("remainingDailyVideos", remainingVideos(did))
                .put("remainingDailyBytes", remainingBytes(did));
        return refusal == null ? limits.build() : limits.putAll(refusal).build();
    }

    private int remainingVideos(String did) {
        return Math.max(0, settings.dailyVideos - videos.getOrDefault(did, 0));
    }

    private long remainingBytes(String did) {
        return Math.max(0, settings.dailyBytes - bytes.getOrDefault(did, 0L));
    }

    /** Returns {@code error} and {@code message} if the account may not upload a video of this size, else null. */
    private @Nullable LexMap refusal(String did, long size) {
        if (!settings.emailConfirmed) {
            return error("unconfirmed_email", "User does not have a confirmed email address");
        }
        if (remainingVideos(did) == 0) {
            return error("daily_limit_exceeded", "User has exceeded daily upload videos limit");
        }
        long remaining = remainingBytes(did);
        return remaining == 0 || size > remaining
                ? error("daily_limit_exceeded", "User has exceeded daily upload bytes limit")
                : null;
    }

    private static LexMap error(String error, String message) {
        return LexMap.builder().put("error", error).put("message", message).build();
    }

    /** Removes all jobs and counts. */
    public void clear() {
        jobs.clear();
        videos.clear();
        bytes.clear();
    }
}
