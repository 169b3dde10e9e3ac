package dev.atlex.streams;

import dev.atlex.streams.internal.frame.FrameDecoder;

/**
 * Gives benchmarks access to the frame decoders, without a connection. This class is in this package because the
 * decoders aren't public.
 */
public final class Decoders {
    private Decoders() {}

    /** Returns the decoder of a firehose without filters. */
    public static FrameDecoder<RepoEvent> firehose() {
        return new FirehoseDecoder(new RepoFilter(StreamOptions.DEFAULTS));
    }

    /** Returns the decoder of a firehose that delivers one collection. */
    public static FrameDecoder<RepoEvent> firehose(String collection) {
        return new FirehoseDecoder(new RepoFilter(StreamOptions.of(o -> o.collections(collection))));
    }

    /** Returns the decoder of a Jetstream of version 2. */
    public static FrameDecoder<RepoEvent> jetstream() {
        return new JetstreamVersion2Decoder();
    }
}
