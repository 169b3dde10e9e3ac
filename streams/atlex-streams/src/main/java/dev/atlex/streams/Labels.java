package dev.atlex.streams;

import com.atproto.label.SubscribeLabels;

/**
 * Connects to the stream of labels that a labeler creates and negates.
 *
 * @see <a href="https://atproto.com/specs/label#subscribe-to-label-stream">AT Protocol: labels</a>
 */
public final class Labels {
    private static final String DEFAULT_SERVICE = "wss://mod.bsky.app";

    private Labels() {}

    /**
     * Connects to the labels of a labeler, by default Bluesky's moderation service.
     *
     * @throws IllegalArgumentException if the options have filters, which are for {@link Firehose}
     */
    public static EventStream<StreamMessage<SubscribeLabels.Message>> connect(
            java.util.function.Consumer<? super StreamOptions.Builder> options) {
        StreamOptions.Builder builder = StreamOptions.DEFAULTS.toBuilder().service(DEFAULT_SERVICE);
        options.accept(builder);
        return EventStream.connect(SubscribeLabels.SUBSCRIPTION, null, builder.build());
    }
}
