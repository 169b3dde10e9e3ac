package dev.atlex.streams;

import java.util.OptionalLong;

/** A place in a stream where events are lost, or may be lost. Immutable. */
public final class StreamGap {
    /** The kinds of gaps. */
    public enum Kind {
        /** The server no longer has the events after the cursor. */
        TOO_OLD,
        /**
         * The server hasn't reached the cursor yet. Usually, the server was replaced, and its sequence numbers have
         * restarted.
         */
        FUTURE,
        /** The server sent an event from before the cursor, so its sequence numbers have restarted. */
        RESET
    }

    private final Kind kind;
    private final long cursor;
    private final OptionalLong next;

    /**
     * Creates a gap.
     *
     * @param cursor the last sequence number that was received
     * @param next the sequence number of the server's next event, if known
     */
    public StreamGap(Kind kind, long cursor, OptionalLong next) {
        this.kind = kind;
        this.cursor = cursor;
        this.next = next;
    }

    /** Returns the kind. */
    public Kind kind() {
        return kind;
    }

    /** Returns the cursor: the last sequence number that was received. */
    public long cursor() {
        return cursor;
    }

    /** Returns the sequence number of the next event, empty if it isn't known. */
    public OptionalLong next() {
        return next;
    }

    /** Returns the first sequence number that may be lost. */
    public long lostFrom() {
        return cursor + 1;
    }

    /**
     * Returns the last sequence number that may be lost, or empty if it isn't known. It is never known if the server's
     * sequence numbers have restarted, because they can't be compared with the cursor.
     */
    public OptionalLong lostTo() {
        return kind == Kind.TOO_OLD && next.isPresent() ? OptionalLong.of(next.getAsLong() - 1) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        String to = lostTo().isPresent() ? String.valueOf(lostTo().getAsLong()) : "unknown";
        return "StreamGap[" + kind + ", lost from " + lostFrom() + " to " + to + "]";
    }
}
