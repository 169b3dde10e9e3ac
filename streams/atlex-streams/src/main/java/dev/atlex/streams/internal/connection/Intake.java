package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.Bytes;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of one connection: decodes frames, drops duplicates, detects gaps, and fills the queue. The
 * socket calls it from one thread at a time, so its own state needs no lock.
 *
 * <p>Some servers start after the cursor and some at it. Either way, an event whose number isn't higher than the last
 * one received is a duplicate. {@link CursorKind} recognizes a first event that doesn't continue from the cursor.
 *
 * <p>If numbers go back later in a connection, the connection is ended, as the specification suggests. After the
 * reconnect, the server either continues from the cursor, or reports that it can't.
 *
 * <p>At a gap, no further message is requested until the stream's thread has decided what to do.
 *
 * @param <E> the type of the events
 */
final class Intake<E> implements SocketListener {
    private static final String OUTDATED_CURSOR = "OutdatedCursor";
    static final String FUTURE_CURSOR = "FutureCursor";

    private final int connection;
    private final long cursor;
    private final CursorKind kind;
    private final FrameDecoder<E> decoder;
    private final EventQueue<E> queue;
    private final Consumer<? super Signal> signals;
    private final LongSupplier nanoTime;
    private volatile @Nullable StreamSocket socket;
    private volatile long lastActivity;
    private volatile long lastMessage;

    /** Whether an event with a sequence number has arrived. */
    private boolean begun;

    private boolean outdated;

    /**
     * Creates an intake.
     *
     * @param cursor the cursor that was sent, or {@code NO_SEQUENCE}
     * @param kind the kind of the cursor and of the numbers of events
     */
    Intake(
            int connection,
            long cursor,
            CursorKind kind,
            FrameDecoder<E> decoder,
            EventQueue<E> queue,
            Consumer<? super Signal> signals,
            LongSupplier nanoTime) {
        this.connection = connection;
        this.cursor = cursor;
        this.kind = kind;
        this.decoder = decoder;
        this.queue = queue;
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.lastActivity = nanoTime.getAsLong();
        this.lastMessage = lastActivity;
    }

    /**
     * Returns when data last arrived, or when the socket was last allowed to continue if that is later, in {@code
     * nanoTime}.
     */
    long lastActivity() {
        return lastActivity;
    }

    /** Returns when the last message arrived, in {@code nanoTime}. Unlike for {@link #lastActivity}, a pong doesn't count. */
    long lastMessage() {
        return lastMessage;
    }

    @Override
    public void opened(StreamSocket opened) {
        socket = opened;
        activity();
        signals.accept(new Signal.Opened(connection, opened));
        if (queue.hasEnded()) {
            opened.abort(); // The stream was closed during the handshake, so its thread may not read signals anymore.
        }
    }

    @Override
    public void activity() {
        lastActivity = nanoTime.getAsLong();
    }

    @Override
    public boolean invalid(InvalidFrameException invalid) {
        return add(Entry.of(invalid, nanoTime.getAsLong()));
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        lastMessage = nanoTime.getAsLong();
        Decoded<E> decoded;
        try {
            decoded = decoder.decode(message, text);
        } catch (InvalidFrameException e) {
            return invalid(e);
        } catch (RuntimeException | StackOverflowError e) {
            return invalid(new InvalidFrameException("decode frame: " + e, Bytes.wrap(message), e));
        } catch (Error e) {
            // The frame isn't the cause. Skipping it would lose every event, and reconnecting wouldn't help.
            signals.accept(new Signal.Broken(connection, e));
            return false;
        }
        if (decoded instanceof Decoded.Event<E> event) {
            return event(Entry.of(event, message, nanoTime.getAsLong()));
        } else if (decoded instanceof Decoded.Ignored<E> ignored) {
            return ignored.sequence() == NO_SEQUENCE || event(Entry.skipped(ignored.sequence()));
        } else if (decoded instanceof Decoded.Info<E> info) {
            return info(info, message);
        }
        Decoded.Error<E> error = (Decoded.Error<E>) decoded;
        signals.accept(new Signal.ErrorFrame(connection, error.error(), error.message()));
        return false; // The machine ends the connection.
    }

    private boolean event(Entry<E> entry) {
        long sequence = entry.sequence;
        if (sequence == NO_SEQUENCE) {
            return add(entry);
        }
        boolean first = !begun;
        begun = true;
        if (first && cursor > 0) {
            StreamGap gap = kind.gap(cursor, sequence, outdated);
            if (gap != null) {
                return awaitDecision(gap, entry);
            } else if (kind == CursorKind.TRANSLATED) {
                return queue.addFirst(connection, entry, this::proceed);
            }
        }
        if (kind.hasTimes()) {
            return add(entry);
        }
        long received = queue.received();
        if (sequence < received && !first) {
            // The server has lost its place. A new connection with the cursor shows whether events are lost.
            signals.accept(new Signal.Ended(
                    connection,
                    new StreamException("the sequence numbers go back from " + received + " to " + sequence, null)));
            return false;
        }
        return sequence <= received || add(entry);
    }

    private boolean info(Decoded.Info<E> info, byte[] message) {
        outdated |= info.name().equals(OUTDATED_CURSOR);
        Entry<E> notice = info.event() == null
                ? null
                : Entry.of(new Decoded.Event<>(info.event(), NO_SEQUENCE, null, null), message, nanoTime.getAsLong());
        if (cursor > 0 && !begun && info.name().equals(FUTURE_CURSOR)) {
            begun = true;
            return awaitDecision(new StreamGap(StreamGap.Kind.FUTURE, cursor, OptionalLong.empty()), notice);
        }
        return notice == null || add(notice);
    }

    /**
     * Reports a gap and lets the socket wait.
     *
     * @param next the event after the gap, added if the stream continues; or null
     */
    private boolean awaitDecision(StreamGap gap, @Nullable Entry<E> next) {
        signals.accept(new Signal.GapFound(connection, gap, () -> {
            queue.acceptLower();
            if (next == null || add(next)) {
                proceed();
            }
        }));
        return false;
    }

    private boolean add(Entry<E> entry) {
        return kind.hasTimes() && entry.sequence != NO_SEQUENCE
                ? queue.addTimed(connection, entry, this::proceed)
                : queue.add(connection, entry, this::proceed);
    }

    /** Requests the next message. The time during which none could arrive doesn't count as silence. */
    private void proceed() {
        activity();
        StreamSocket open = socket;
        if (open != null) {
            open.request();
        }
    }

    @Override
    public void closed(StreamException cause) {
        signals.accept(new Signal.Ended(connection, cause));
    }
}
