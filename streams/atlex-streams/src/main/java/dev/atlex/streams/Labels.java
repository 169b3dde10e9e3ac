package dev.atlex.streams;

import com.atproto.label.SubscribeLabels;

/**
 * The stream of the labels that a labeler applies and negates. Their signatures aren't verified.
 *
 * @see <a href="https://atproto.com/specs/label#subscribe-to-label-stream">AT Protocol: labels</a>
 */
public final class Labels {
    private static final String DEFAULT_SERVICE = "wss://mod.bsky.app";

    private Labels() {}

    /**
     * Connects to the labels of a labeler, by default Bluesky's moderation service.
     *
     * @throws IllegalArgumentException if the options have filters, which are for {@link Firehose} and
     *     {@link Jetstream}
     */
    public static EventStream<StreamMessage<SubscribeLabels.Message>> connect(
            java.util.function.Consumer<? super StreamOptions.Builder> options) {
        return connect(StreamOptions.of(DEFAULT_SERVICE, options));
    }

    /**
     * Like {@link #connect(java.util.function.Consumer)}, but without a default service.
     *
     * @throws IllegalArgumentException if the options don't specify a service, or have filters
     */
    public static EventStream<StreamMessage<SubscribeLabels.Message>> connect(StreamOptions options) {
        return EventStream.connect(SubscribeLabels.SUBSCRIPTION, null, options);
    }
}
