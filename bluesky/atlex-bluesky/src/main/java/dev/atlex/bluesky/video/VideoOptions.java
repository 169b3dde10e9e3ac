package dev.atlex.bluesky.video;

import app.bsky.embed.EmbedDefs;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Transport;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options for uploading a video, and for how apps show it. Immutable. */
public final class VideoOptions {
    /** The maximum number of captions. */
    public static final int MAX_CAPTIONS = 20;

    /** The default options. */
    public static final VideoOptions DEFAULTS = new Builder().build();

    private final URI service;
    private final @Nullable Did serviceDid;
    private final @Nullable Did pdsDid;
    private final @Nullable Transport transport;
    private final Duration timeout;
    private final @Nullable String mediaType;
    private final @Nullable String alt;
    private final EmbedDefs.@Nullable AspectRatio aspectRatio;
    private final List<VideoCaption> captions;
    private final boolean gif;
    private final @Nullable UploadListener onUpload;
    private final @Nullable Consumer<? super VideoState> onState;

    private VideoOptions(Builder builder) {
        this.service = builder.service;
        this.serviceDid = builder.serviceDid;
        this.pdsDid = builder.pdsDid;
        this.transport = builder.transport;
        this.timeout = builder.timeout;
        this.mediaType = builder.mediaType;
        this.alt = builder.alt;
        this.aspectRatio = builder.aspectRatio;
        this.captions = List.copyOf(builder.captions);
        this.gif = builder.gif;
        this.onUpload = builder.onUpload;
        this.onState = builder.onState;
    }

    /** Receives the progress of an upload. */
    @FunctionalInterface
    public interface UploadListener {
        /**
         * Called after each block, on one of the transport's threads. If the upload is retried after a broken
         * connection, the count starts again at 0. If this method throws an exception, the upload fails.
         *
         * @param sent the number of bytes handed to the connection
         * @param total the size of the file in bytes
         */
        void sent(long sent, long total);
    }

    /** Returns options configured by the function. */
    public static VideoOptions of(Consumer<? super Builder> options) {
        return DEFAULTS.with(options);
    }

    /** Returns a copy of these options with the function's changes. */
    public VideoOptions with(Consumer<? super Builder> options) {
        Builder builder = toBuilder();
        options.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.service = service;
        builder.serviceDid = serviceDid;
        builder.pdsDid = pdsDid;
        builder.transport = transport;
        builder.timeout = timeout;
        builder.mediaType = mediaType;
        builder.alt = alt;
        builder.aspectRatio = aspectRatio;
        builder.captions.addAll(captions);
        builder.gif = gif;
        builder.onUpload = onUpload;
        builder.onState = onState;
        return builder;
    }

    /** Returns the origin of the video service. */
    public URI service() {
        return service;
    }

    /** Returns the DID of the video service, or null for the {@code did:web} of its host. */
    public @Nullable Did serviceDid() {
        return serviceDid;
    }

    /** Returns the DID of the account's server, or null to ask the server. */
    public @Nullable Did pdsDid() {
        return pdsDid;
    }

    /** Returns the transport to the video service, or null for the account's transport. */
    public @Nullable Transport transport() {
        return transport;
    }

    /** Returns the time limit for the upload and the processing. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns the file's media type, or null to detect it. */
    public @Nullable String mediaType() {
        return mediaType;
    }

    /** Returns the alternative text, or null if there is none. */
    public @Nullable String alt() {
        return alt;
    }

    /** Returns the aspect ratio, or null to read it from the file. */
    public EmbedDefs.@Nullable AspectRatio aspectRatio() {
        return aspectRatio;
    }

    /** Returns the captions. */
    public List<VideoCaption> captions() {
        return captions;
    }

    /** Returns whether the video is shown like an animated GIF. */
    public boolean gif() {
        return gif;
    }

    /** Returns the listener for the upload, or null if there is none. */
    public @Nullable UploadListener onUpload() {
        return onUpload;
    }

    /** Returns the listener for the states of the job, or null if there is none. */
    public @Nullable Consumer<? super VideoState> onState() {
        return onState;
    }

    /** Returns the option values. */
    @Override
    public String toString() {
        return "VideoOptions[service=" + service + ", timeout=" + timeout + ", mediaType=" + mediaType + ", alt="
                + (alt == null ? "none" : "set") + ", captions=" + captions + ", gif=" + gif + "]";
    }

    /** Builds {@link VideoOptions}. Not thread-safe. */
    public static final class Builder {
        private URI service = URI.create("https://video.bsky.app");
        private @Nullable Did serviceDid;
        private @Nullable Did pdsDid;
        private @Nullable Transport transport;
        private Duration timeout = Duration.ofMinutes(15);
        private @Nullable String mediaType;
        private @Nullable String alt;
        private EmbedDefs.@Nullable AspectRatio aspectRatio;
        private final List<VideoCaption> captions = new ArrayList<>();
        private boolean gif;
        private @Nullable UploadListener onUpload;
        private @Nullable Consumer<? super VideoState> onState;

        private Builder() {}

        /**
         * Sets the URL of the video service. The default is {@code https://video.bsky.app}.
         *
         * @throws IllegalArgumentException if the value isn't an http or https URL
         */
        public Builder service(String service) {
            this.service = Origins.parse(service);
            return this;
        }

        /** Sets the DID of the video service. The default is the {@code did:web} of its host. */
        public Builder serviceDid(Did did) {
            this.serviceDid = Objects.requireNonNull(did, "did");
            return this;
        }

        /**
         * Sets the DID of the account's server, for which the service's upload token is issued. By default, the server
         * is asked for its DID.
         */
        public Builder pdsDid(Did did) {
            this.pdsDid = Objects.requireNonNull(did, "did");
            return this;
        }

        /** Sets the transport to the video service. The default is the transport of the account that uploads. */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets the time limit for the upload and the processing together. The default is 15 minutes. The service's
         * token is valid for 30 minutes.
         *
         * @throws IllegalArgumentException if the time limit isn't positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must be positive (got " + timeout + ")");
            }
            this.timeout = timeout;
            return this;
        }

        /** Sets the file's media type, such as {@code video/mp4}. By default, it is detected from the content. */
        public Builder mediaType(String mediaType) {
            this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
            return this;
        }

        /** Sets the alternative text, for people who can't see the video. The default is none. */
        public Builder alt(String alt) {
            this.alt = Objects.requireNonNull(alt, "alt");
            return this;
        }

        /**
         * Sets the aspect ratio, in pixels or any other unit. By default, it is read from an MP4 or QuickTime file.
         *
         * @throws IllegalArgumentException if a number isn't positive
         */
        public Builder aspectRatio(long width, long height) {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("aspectRatio must be positive (got " + width + ":" + height + ")");
            }
            this.aspectRatio =
                    EmbedDefs.AspectRatio.builder().width(width).height(height).build();
            return this;
        }

        /**
         * Adds captions. A video can have at most {@value VideoOptions#MAX_CAPTIONS}.
         *
         * @param language a BCP 47 language tag, such as {@code en}
         * @param vtt a WebVTT file
         * @throws InvalidVideoException if there are too many captions, or {@link VideoCaption#of(String, Path)}
         *     rejects this one
         */
        public Builder caption(String language, Path vtt) {
            return caption(VideoCaption.of(language, vtt));
        }

        /** Like {@link #caption(String, Path)}. */
        public Builder caption(VideoCaption caption) {
            if (captions.size() == MAX_CAPTIONS) {
                throw new InvalidVideoException("video: more than " + MAX_CAPTIONS + " captions", null);
            }
            captions.add(Objects.requireNonNull(caption, "caption"));
            return this;
        }

        /** Sets whether the video is shown like an animated GIF: without sound, in a loop. The default is false. */
        public Builder gif(boolean gif) {
            this.gif = gif;
            return this;
        }

        /** Sets a listener for the progress of the upload. */
        public Builder onUpload(UploadListener listener) {
            this.onUpload = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets a listener for the states of the job, called after each poll, on the calling thread. */
        public Builder onState(Consumer<? super VideoState> listener) {
            this.onState = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Builds the options. */
        public VideoOptions build() {
            return new VideoOptions(this);
        }
    }
}
