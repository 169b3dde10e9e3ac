package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.streams.Gap;
import dev.atlex.streams.StreamErrorException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamRefusedException;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream connected. Only this class changes the stream's state.
 *
 * <pre>
 *            lease              handshake            end, error, silence
 * STANDBY ---------> CONNECTING ---------> OPEN ----------------------> BACKING_OFF
 *    ^                  ^   |                                            ^   |
 *    |                  |   +------------- refused, timeout -------------+   |
 *    |                  +------------------------- pause over ---------------+
 *    +--- any state: another process has saved the cursor
 *
 * any state --- gap with STOP, refusal that no retry can change ---> DRAINING ---> CLOSED
 * any state --- close() ---------------------------------------------------------> CLOSED
 * </pre>
 *
 * <p><b>Passive.</b> The machine has no thread and never waits: {@link StreamThread} passes signals to {@link #handle},
 * and calls {@link #tick} at each {@link #deadline}. So tests can run it step by step, with their own clock. Only the
 * store may block it, for as long as a load or save takes. Events don't pass through the machine: the socket puts them
 * into the queue.
 *
 * <p><b>Connections are numbered.</b> An aborted socket may still call back. Signals and events from any connection but
 * the current one are ignored.
 *
 * <p><b>The starting point of a connection.</b> After a reconnect, it starts after the last event received, because the
 * queue keeps unfinished events. After the process is restarted, it starts after the saved position, up to which all
 * events are finished.
 *
 * <p><b>Liveness.</b> A stream may have no events for a while, so silence alone proves nothing. After a second without
 * data, a ping is sent. Until something arrives, it is repeated each second, because a connection that the server has
 * ended only fails at the second or third write; {@link JdkSockets} explains why it isn't noticed before. If nothing
 * arrives for 20 seconds, the connection is considered dead. While the server responds to pings but sends no events, the
 * pause before the next ping doubles, up to ten seconds. While the queue is full, no data can arrive, so silence isn't
 * measured.
 *
 * <p><b>Backoff</b> is reset by progress only; see {@link Backoff}.
 *
 * @see <a
 *     href="https://github.com/atlex/atlex/blob/main/docs/decisions/0027-delivery-and-threads-of-streams.md">Decision
 *     0027</a>
 */
final class StreamMachine<E> {
    private static final System.Logger LOG = System.getLogger(StreamMachine.class.getName());

    /** How often liveness is checked, and the silence after an event before the first ping. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The longest silence before a ping, on a connection without events. */
    static final Duration PING_AFTER = Duration.ofSeconds(10);

    /** The silence after which a connection is dead. */
    static final Duration DEAD_AFTER = Duration.ofSeconds(20);

    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STANDBY_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_SHOWN = 500;
    private static final String CURSOR_TOO_OLD = "CursorTooOld";

    private final StreamSetup<E> setup;
    private final EventQueue<E> queue;
    private final CursorKeeper keeper;
    private final Consumer<? super Signal> signals;
    private final Backoff backoff;
    private final Dialects<E> dialects;
    private final GuardedListener listener;
    private final GapDecisions gaps;

    private volatile StreamState state = StreamState.STANDBY;
    private volatile int connection;
    private volatile int reconnects;
    private volatile long disconnectedSince;
    private volatile @Nullable StreamSocket socket;
    private @Nullable Intake<E> intake;

    /** When the machine must act without a signal, in {@code nanoTime}. */
    private long next;

    private long nextSave;
    private boolean saveFailed;

    /** Whether a handshake has ever succeeded. */
    private boolean accepted;

    /** Whether a connection without a cursor starts at the oldest event, by the last decision about a gap. */
    private boolean fromOldest;

    /** When the last ping was sent, in {@code nanoTime}. */
    private long pinged;

    /** The silence before the next ping, in nanoseconds. */
    private long pingAfter;

    private long eventsAtStart;

    StreamMachine(StreamSetup<E> setup, EventQueue<E> queue, CursorKeeper keeper, Consumer<? super Signal> signals) {
        this.setup = setup;
        this.queue = queue;
        this.keeper = keeper;
        this.signals = signals;
        this.backoff = new Backoff(setup.random());
        this.dialects = new Dialects<>(setup.dialects());
        this.listener = new GuardedListener(setup.name(), setup.listener());
        this.gaps = new GapDecisions(setup, listener);
        this.next = now();
        this.nextSave = next;
        this.disconnectedSince = next;
    }

    StreamState state() {
        return state;
    }

    StreamStatus status() {
        return new StreamStatus(state, reconnects, gaps.count(), disconnectedSince);
    }

    /** Returns when {@link #tick} must be called next, in {@code nanoTime}. */
    long deadline() {
        return next - nextSave < 0 ? next : nextSave;
    }

    /** Saves, connects or checks the connection if it is time to. */
    void tick() throws InterruptedException {
        if (now() - nextSave >= 0) {
            nextSave = now() + setup.saveInterval().toNanos();
            save();
        }
        if (now() - next < 0) {
            return;
        }
        switch (state) {
            case STANDBY -> acquire();
            case CONNECTING ->
                disconnect(new StreamException(
                        setup.name() + ": the handshake took longer than " + HANDSHAKE_TIMEOUT.toSeconds() + " s",
                        null));
            case OPEN -> checkLiveness();
            case BACKING_OFF -> connect();
            case DRAINING -> drain();
            case CLOSED -> next = now() + STANDBY_INTERVAL.toNanos();
        }
    }

    void handle(Signal signal) {
        if (signal instanceof Signal.Close) {
            close();
        } else if (signal.connection() != connection || state == StreamState.CLOSED || state == StreamState.DRAINING) {
            if (signal instanceof Signal.Opened late) {
                late.socket().abort();
            }
        } else if (signal instanceof Signal.Opened opened) {
            open(opened.socket());
        } else if (signal instanceof Signal.Ended ended) {
            disconnect(ended.cause());
        } else if (signal instanceof Signal.ErrorFrame error) {
            disconnect(error);
        } else if (signal instanceof Signal.Broken broken) {
            fail(new StreamException(setup.name() + ": can't decode frames (" + broken.cause() + ")", broken.cause()));
        } else if (signal instanceof Signal.GapFound found) {
            decide(found);
        }
    }

    private void acquire() throws InterruptedException {
        next = now() + STANDBY_INTERVAL.toNanos();
        try {
            if (!keeper.acquire()) {
                return;
            }
        } catch (CorruptStoreEntryException | StreamException e) {
            // The user must decide: without the cursor, the stream would silently start at the newest event.
            fail(e);
            return;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            next = now() + backoff.next(null).toNanos();
            LOG.log(Level.WARNING, "{0}: failed to load the cursor; retrying: {1}", setup.name(), reason(e));
            return;
        }
        backoff.reset();
        long saved = keeper.position();
        queue.restart(saved == NO_SEQUENCE ? setup.startAt() : saved);
        disconnectedSince = now();
        connect();
    }

    private void connect() {
        Dialect<E> dialect = dialects.current();
        long received = queue.received();
        if (dialect.times() && received > 0 && received < Dialect.LOWEST_TIME) {
            // The server has been replaced by one that counts differently.
            gapInsteadOfConnection(StreamGap.Kind.FUTURE, null);
            return;
        }
        int number = connection + 1;
        connection = number;
        long cursor = received == NO_SEQUENCE && fromOldest ? 0 : received;
        eventsAtStart = queue.state().events();
        queue.startConnection(number);
        CursorKind kind = CursorKind.of(dialect.times(), cursor, setup.startAt());
        Intake<E> receiving = new Intake<>(number, cursor, kind, dialect.decoder(), queue, signals, setup.nanoTime());
        intake = receiving;
        state = StreamState.CONNECTING;
        next = now() + HANDSHAKE_TIMEOUT.toNanos();
        setup.connector()
                .connect(
                        dialect.url().apply(cursor),
                        dialect.subprotocols(),
                        receiving,
                        cause -> signals.accept(new Signal.Ended(number, cause)));
    }

    private void open(StreamSocket opened) {
        socket = opened;
        accepted = true;
        dialects.accepted();
        pinged = now();
        pingAfter = CHECK_INTERVAL.toNanos();
        state = StreamState.OPEN;
        next = now() + CHECK_INTERVAL.toNanos();
        LOG.log(Level.DEBUG, "{0}: connected", setup.name());
        listener.connected();
    }

    private void checkLiveness() {
        Intake<E> receiving = intake;
        StreamSocket open = socket;
        next = now() + CHECK_INTERVAL.toNanos();
        if (receiving == null || open == null || queue.isPaused()) {
            return;
        }
        long last = receiving.lastActivity();
        long silence = now() - last;
        if (silence >= DEAD_AFTER.toNanos()) {
            disconnect(new StreamException(
                    setup.name() + ": the connection is dead (no byte for " + DEAD_AFTER.toSeconds()
                            + " s, not even the response to a ping)",
                    null));
            return;
        }
        boolean unanswered = pinged - last > 0;
        if (receiving.lastMessage() - pinged > 0) {
            pingAfter = CHECK_INTERVAL.toNanos();
        }
        if (unanswered || silence >= pingAfter) {
            pingAfter = unanswered ? pingAfter : Math.min(2 * pingAfter, PING_AFTER.toNanos());
            pinged = now();
            open.ping();
        }
        long left = (silence < pingAfter ? pingAfter : DEAD_AFTER.toNanos()) - silence;
        next = now() + Math.min(CHECK_INTERVAL.toNanos(), left);
    }

    private void disconnect(Signal.ErrorFrame error) {
        if (error.error().equals(Intake.FUTURE_CURSOR)) {
            gapInsteadOfConnection(StreamGap.Kind.FUTURE, null);
            return;
        }
        String words = error.message() == null ? "" : ": " + Excerpt.line(error.message(), MAX_SHOWN);
        disconnect(new StreamErrorException(
                setup.name() + ": the server reported " + Excerpt.line(error.error(), MAX_SHOWN) + words,
                error.error(),
                error.message()));
    }

    private void disconnect(StreamException cause) {
        retire();
        if (cause instanceof StreamRefusedException refused) {
            if (refused.error().equals(CURSOR_TOO_OLD) && queue.received() != NO_SEQUENCE) {
                gapInsteadOfConnection(StreamGap.Kind.TOO_OLD, refused.serverMessage());
                return;
            } else if (refused.error().equals(Intake.FUTURE_CURSOR) && queue.received() != NO_SEQUENCE) {
                gapInsteadOfConnection(StreamGap.Kind.FUTURE, null);
                return;
            } else if (dialects.switchAfter(refused)) {
                connect();
                return;
            } else if (!accepted && !refused.retryable()) {
                fail(refused);
                return;
            }
        }
        if (queue.state().events() != eventsAtStart) {
            backoff.reset();
        }
        Duration pause = backoff.next(cause instanceof StreamRefusedException refused ? refused.retryAfter() : null);
        backOff(pause);
        LOG.log(Level.INFO, "{0}; reconnecting in {1} ms", cause.getMessage(), String.valueOf(pause.toMillis()));
        listener.disconnected(cause, pause);
    }

    /**
     * Handles a gap for which the server refused the cursor, so that a new connection with a different cursor is
     * needed.
     */
    private void gapInsteadOfConnection(StreamGap.Kind kind, @Nullable String message) {
        long cursor = queue.received();
        Gap decision = ask(new StreamGap(kind, cursor, GapDecisions.oldestEvent(cursor, message)));
        if (decision == null) {
            return;
        }
        queue.acceptLower();
        fromOldest = decision == Gap.OLDEST || kind == StreamGap.Kind.TOO_OLD;
        reconnectSoon();
    }

    private void decide(Signal.GapFound found) {
        Gap decision = ask(found.gap());
        if (decision == null) {
            return;
        }
        if (decision == Gap.OLDEST && found.gap().kind() != StreamGap.Kind.TOO_OLD) {
            queue.acceptLower();
            fromOldest = true;
            reconnectSoon();
        } else {
            // If the cursor is too old, the server has already started at its oldest event.
            fromOldest = found.gap().kind() == StreamGap.Kind.TOO_OLD;
            found.proceed().run();
        }
    }

    private void reconnectSoon() {
        retire();
        backOff(backoff.next(null));
    }

    private void backOff(Duration pause) {
        reconnects++;
        state = StreamState.BACKING_OFF;
        next = now() + pause.toNanos();
    }

    /** Returns the decision, or null if the stream has ended. */
    private @Nullable Gap ask(StreamGap gap) {
        try {
            return gaps.decide(gap);
        } catch (RuntimeException e) {
            fail(e);
            return null;
        }
    }

    /** Ends the stream with a failure, after consumers have received the events that have already arrived. */
    private void fail(RuntimeException cause) {
        retire();
        queue.end(cause);
        state = StreamState.DRAINING;
        next = now();
    }

    private void drain() {
        if (queue.state().pending() == 0) {
            close();
        } else {
            next = now() + setup.saveInterval().toNanos();
        }
    }

    private void close() {
        if (state == StreamState.CLOSED) {
            return;
        }
        state = StreamState.CLOSED;
        retire();
        queue.stop(null);
        try {
            save();
        } finally {
            release();
        }
    }

    private void release() {
        try {
            keeper.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0}: failed to release the lease: {1}", setup.name(), reason(e));
        }
    }

    /** Returns the message of a store's failure. One that isn't a store's own exception may not explain itself. */
    private static String reason(Exception e) {
        return e instanceof SessionStoreException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Ends the current connection. Its signals and events are ignored from now on. */
    private void retire() {
        if (state == StreamState.OPEN) {
            disconnectedSince = now();
        }
        abort();
        connection++;
        queue.startConnection(connection);
    }

    /** Closes the socket. May be called from another thread, to end a stream immediately. */
    void abort() {
        StreamSocket open = socket;
        socket = null;
        if (open != null) {
            open.abort();
        }
    }

    /** Saves the position if it has changed. */
    private void save() {
        try {
            if (keeper.save(queue.position())) {
                saveFailed = false;
            } else {
                lose();
            }
        } catch (Exception e) {
            LOG.log(
                    saveFailed ? Level.DEBUG : Level.WARNING,
                    "{0}: failed to save the cursor; retrying: {1}",
                    setup.name(),
                    reason(e));
            saveFailed = true;
        }
    }

    /** Another process has saved the cursor, so it consumes the stream now. */
    private void lose() {
        LOG.log(Level.WARNING, "{0}: another process has taken over the stream; waiting until it ends", setup.name());
        release();
        if (state != StreamState.CLOSED) {
            retire();
            queue.restart(NO_SEQUENCE);
            state = StreamState.STANDBY;
            next = now() + STANDBY_INTERVAL.toNanos();
        }
    }

    private long now() {
        return setup.nanoTime().getAsLong();
    }
}
