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
 * The events of one connection: decodes frames, leaves out duplicates, finds gaps, and fills the queue. The socket calls
 * it by one thread at a time, so its own state needs no lock.
 *
 * <p>Some servers begin after the cursor and some at it. An event that isn't above the last one received is a duplicate
 * in both cases. But if the first event is below the cursor that was sent, the server has started its numbers again, and dropping its
 * events as duplicates would end the stream in silence.
 *
 * <p>Later in a connection, a number that goes back ends the connection, as the specification suggests; the server then
 * either continues at the cursor, or reports that it can't.
 *
 * <p>At a gap, the socket gets no further request, and the stream's thread decides.
 *
 * @param <E> the type of the events
 */
final class Intake<E> implements SocketListener {
    private static final String OUTDATED_CURSOR = "OutdatedCursor";
    static final String FUTURE_CURSOR = "FutureCursor";

    private final int connection;
    private final long cursor;
    private final FrameDecoder<E> decoder;
    private final EventQueue<E> queue;
    private final Consumer<? super Signal> signals;
    private final LongSupplier nanoTime;
    private volatile @Nullable StreamSocket socket;
    private volatile long lastActivity;

    /** Whether an event with a sequence number has arrived. */
    private boolean begun;

    private boolean outdated;

    /**
     * Creates an intake.
     *
     * @param cursor the cursor that was sent, or {@code NO_SEQUENCE}
     */
    Intake(
            int connection,
            long cursor,
            FrameDecoder<E> decoder,
            EventQueue<E> queue,
            Consumer<? super Signal> signals,
            LongSupplier nanoTime) {
        this.connection = connection;
        this.cursor = cursor;
        this.decoder = decoder;
        this.queue = queue;
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.lastActivity = nanoTime.getAsLong();
    }

    /** Returns when anything arrived last, or when the socket was allowed to continue, by {@code nanoTime}. */
    long lastActivity() {
        return lastActivity;
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
    public boolean tooLarge(Bytes head) {
        return add(Entry.of(
                new InvalidFrameException("decode frame: the frame is larger than 5 MiB", head, null),
                nanoTime.getAsLong()));
    }

    @Override
    public boolean message(byte[] message, boolean text) {
        Decoded<E> decoded;
        try {
            decoded = decoder.decode(message, text);
        } catch (InvalidFrameException e) {
            return add(Entry.of(e, nanoTime.getAsLong()));
        } catch (RuntimeException | StackOverflowError e) {
            InvalidFrameException invalid = new InvalidFrameException("decode frame: " + e, Bytes.wrap(message), e);
            return add(Entry.of(invalid, nanoTime.getAsLong()));
        } catch (Error e) {
            // Not the frame's fault. Skipping would lose every event, and reconnecting would never help.
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
        return true; // The close frame follows.
    }

    private boolean event(Entry<E> entry) {
        long sequence = entry.sequence;
        if (sequence != NO_SEQUENCE) {
            boolean first = !begun;
            if (first) {
                begun = true;
                if (cursor > 0 && (outdated || sequence < cursor)) {
                    return gap(entry);
                }
            }
            long received = queue.received();
            if (sequence < received && !first) {
                // The server has lost its place. A new connection with the cursor shows whether events are lost.
                signals.accept(new Signal.Ended(
                        connection,
                        new StreamException(
                                "the sequence numbers go back from " + received + " to " + sequence, null)));
                return false;
            } else if (sequence <= received) {
                return true;
            }
        }
        return add(entry);
    }

    private boolean gap(Entry<E> first) {
        boolean reset = first.sequence < cursor;
        if (!reset && first.sequence <= cursor + 1) {
            return first.sequence <= queue.received() || add(first); // nothing is lost after all
        }
        StreamGap gap = new StreamGap(
                reset ? StreamGap.Kind.RESET : StreamGap.Kind.TOO_OLD, cursor, OptionalLong.of(first.sequence));
        return wait(gap, () -> {
            if (reset) {
                queue.acceptLower();
            }
            if (add(first)) {
                proceed();
            }
        });
    }

    private boolean info(Decoded.Info<E> info, byte[] message) {
        if (info.name().equals(OUTDATED_CURSOR)) {
            outdated = true;
        }
        Decoded.Event<E> notice =
                info.event() == null ? null : new Decoded.Event<>(info.event(), NO_SEQUENCE, null, null);
        if (cursor > 0 && info.name().equals(FUTURE_CURSOR)) {
            begun = true;
            return wait(new StreamGap(StreamGap.Kind.FUTURE, cursor, OptionalLong.empty()), () -> {
                queue.acceptLower();
                if (notice == null || add(Entry.of(notice, message, nanoTime.getAsLong()))) {
                    proceed();
                }
            });
        }
        return notice == null || add(Entry.of(notice, message, nanoTime.getAsLong()));
    }

    private boolean wait(StreamGap gap, Runnable proceed) {
        signals.accept(new Signal.GapFound(connection, gap, proceed));
        return false;
    }

    private boolean add(Entry<E> entry) {
        return entry.isSkipped()
                ? queue.skip(connection, entry.sequence, this::proceed)
                : queue.add(connection, entry, this::proceed);
    }

    /** Lets the next message arrive. The time during which none could arrive doesn't count as silence. */
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
