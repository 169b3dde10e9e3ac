package dev.atlex.testkit;

import dev.atlex.testkit.internal.jetstream.Jetstream;
import dev.atlex.testkit.internal.jetstream.ZstdDictionary;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Controls a {@link LocalJetstream}, and injects its failures.
 *
 * <p>A consumer whose cursor is older than {@link #backfillLimit} is refused with {@code CursorTooOld} by version 2, and
 * starts at the oldest event by version 1. {@link #fail} sends an error frame only by version 2.
 */
public final class JetstreamBehavior extends StreamBehavior<JetstreamBehavior> {
    private final Jetstream jetstream;

    JetstreamBehavior(Jetstream jetstream) {
        super("the Jetstream", jetstream.hub());
        this.jetstream = jetstream;
    }

    @Override
    JetstreamBehavior self() {
        return this;
    }

    /**
     * Sets whether the server knows version 2. Initially it does, as the current server, which also serves version 1. If
     * not, its URL leads to status 404, as on servers of the first generation.
     */
    public JetstreamBehavior version2(boolean on) {
        jetstream.version2(on);
        return this;
    }

    /** Sends a text message with any content to all consumers, such as one that isn't JSON. */
    public JetstreamBehavior send(String message) {
        Objects.requireNonNull(message, "message");
        jetstream.hub().sendToAll((socket, fragment) -> socket.sendText(message, fragment));
        return this;
    }

    /**
     * Offers compression with a dictionary by version 2. The dictionary before it is retired: its consumers are refused
     * with {@code UnknownZstdDictionary}. Initially there is none.
     *
     * @param dictionary a Zstandard dictionary with an id
     * @param compressor compresses a frame with it
     * @throws IllegalArgumentException if it isn't a dictionary
     */
    public JetstreamBehavior dictionary(byte[] dictionary, UnaryOperator<byte[]> compressor) {
        jetstream.dictionary(new ZstdDictionary(dictionary.clone(), compressor));
        return this;
    }
}
