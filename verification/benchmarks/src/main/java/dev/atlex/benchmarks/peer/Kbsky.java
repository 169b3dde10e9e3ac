package dev.atlex.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import work.socialhub.kbsky.api.entity.app.bsky.feed.FeedGetTimelineResponse;
import work.socialhub.kbsky.internal.share._InternalUtility;

/** The Kotlin SDK kbsky. It reads the body as a String with its own JSON settings, and checks no constraints. */
public final class Kbsky {
    private Kbsky() {}

    public static FeedGetTimelineResponse parse(byte[] json) {
        return _InternalUtility.INSTANCE
                .getJson()
                .decodeFromString(FeedGetTimelineResponse.Companion.serializer(), new String(json, UTF_8));
    }
}
