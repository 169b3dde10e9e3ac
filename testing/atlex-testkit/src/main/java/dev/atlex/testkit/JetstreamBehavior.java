package dev.atlex.testkit;

import dev.atlex.testkit.internal.jetstream.Jetstream;
import dev.atlex.testkit.internal.jetstream.ZstdDictionary;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Controls a {@link LocalJetstream}, and injects its failures.
 *
 * <p>A consumer whose cursor is older than {@link #backfillLimit} is refused with {@code CursorTooOld} in version 2,
 * and starts at the oldest event in version 1. Only version 2 sends an error frame for {@link #fail}.
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
     * Sets whether the server supports version 2. Initially it does, like the current server, which also serves version
     * 1. Otherwise, requests for version 2 get status 404, as on first-generation servers.
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
     * @param compressor the function that compresses a frame with the dictionary
     * @throws IllegalArgumentException if the bytes aren't a dictionary
     */
    public JetstreamBehavior dictionary(byte[] dictionary, UnaryOperator<byte[]> compressor) {
        jetstream.dictionary(new ZstdDictionary(dictionary.clone(), compressor));
        return this;
    }
}
