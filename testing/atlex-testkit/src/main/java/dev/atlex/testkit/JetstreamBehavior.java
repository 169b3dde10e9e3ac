package dev.atlex.testkit;

import dev.atlex.testkit.internal.jetstream.Jetstream;
import dev.atlex.testkit.internal.jetstream.ZstdDictionary;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Controls a {@link LocalJetstream}, and injects its failures.
 *
 * <p>If a consumer's cursor is older than {@link #backfillLimit} allows, version 2 refuses it with {@code CursorTooOld},
 * and version 1 starts at the oldest event. In version 1, {@link #fail} closes the connection without an error frame.
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
     * Sets whether the server knows version 2. Initially it does, and serves both versions, like current servers. If not,
     * it responds to requests for version 2 with 404, like servers of the first generation.
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
     * Lets version 2 compress events with a dictionary. The previous dictionary is retired: new connections that ask for
     * it are refused with {@code UnknownZstdDictionary}. Initially there is no dictionary.
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
