package dev.atlex.streams.internal.connection;

import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamListener;
import dev.atlex.streams.internal.socket.SocketConnector;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts and settings of a stream.
 *
 * @param name the stream's NSID, for messages
 * @param dialects the versions of the protocol, in order of preference; at least one
 * @param cursor the stored cursor, or null
 * @param receipts confirms events to the server instead of a cursor, or null
 * @param startAt the cursor if none is stored, or {@code NO_SEQUENCE}
 * @param onGap the policy for gaps
 * @param bufferBytes the maximum total size of the queued events in bytes
 * @param nanoTime a replacement for {@link System#nanoTime()}
 * @param random returns numbers from 0 to 1
 */
public record StreamSetup<E>(
        String name,
        List<Dialect<E>> dialects,
        SocketConnector connector,
        @Nullable StreamCursor cursor,
        @Nullable Receipts<E> receipts,
        long startAt,
        Function<? super StreamGap, Gap> onGap,
        StreamListener listener,
        Duration saveInterval,
        long bufferBytes,
        LongSupplier nanoTime,
        DoubleSupplier random) {}
