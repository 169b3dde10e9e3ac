package dev.atlex.streams.internal.connection;

/** The relation between the cursor of a connection and the numbers of its events. */
enum CursorKind {
    /** Both are sequence numbers. */
    SEQUENCE,

    /** The cursor is the time of an event, and the numbers are times. The server begins with the same event. */
    EVENT_TIME,

    /** The cursor is any time, and the numbers are times. */
    ANY_TIME,

    /** The cursor is a time, and the numbers are sequence numbers. */
    TRANSLATED;

    /**
     * Returns the kind.
     *
     * @param times whether the numbers of the events are times
     * @param cursor the cursor, also one that isn't above 0
     * @param startAt the cursor that the user has chosen; any other one is the number of an event
     */
    static CursorKind of(boolean times, long cursor, long startAt) {
        if (times) {
            return cursor == startAt ? ANY_TIME : EVENT_TIME;
        }
        return cursor >= Dialect.LOWEST_TIME ? TRANSLATED : SEQUENCE;
    }
}
