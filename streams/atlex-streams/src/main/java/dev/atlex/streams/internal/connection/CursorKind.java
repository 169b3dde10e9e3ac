package dev.atlex.streams.internal.connection;

import dev.atlex.streams.StreamGap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The relation between the cursor of a connection and the numbers of its events. It determines whether events are lost
 * between the cursor and the first event.
 *
 * @see <a
 *     href="https://github.com/atlex/atlex/blob/main/docs/decisions/0028-jetstream-versions-and-compression.md">Decision
 *     0028</a>
 */
enum CursorKind {
    /** Both are sequence numbers. A lower number than the cursor means that the server has restarted its numbering. */
    SEQUENCE,

    /**
     * The cursor is the time of an event, and the numbers are times. The server sends that event again. If it doesn't,
     * it has dropped that event, and maybe others after it.
     */
    EVENT_TIME,

    /** The cursor is any time, and the numbers are times. The first event may have any number. */
    ANY_TIME,

    /** The cursor is a time, and the numbers are sequence numbers. They can't be compared. */
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

    /** Returns whether the numbers of the events are times. */
    boolean hasTimes() {
        return this == EVENT_TIME || this == ANY_TIME;
    }

    /**
     * Returns the gap between the cursor and the first event of a connection, or null if no event is lost.
     *
     * @param cursor the cursor, above 0
     * @param first the number of the first event
     * @param outdated whether the server has reported that it no longer has all events after the cursor
     */
    @Nullable
    StreamGap gap(long cursor, long first, boolean outdated) {
        boolean lost = switch (this) {
            case SEQUENCE -> first < cursor || outdated && first > cursor + 1;
            case EVENT_TIME -> first != cursor;
            case ANY_TIME -> false;
            case TRANSLATED -> outdated;
        };
        if (!lost) {
            return null;
        } else if (this == TRANSLATED) {
            return new StreamGap(StreamGap.Kind.TOO_OLD, cursor, OptionalLong.empty());
        }
        StreamGap.Kind kind = first < cursor ? StreamGap.Kind.RESET : StreamGap.Kind.TOO_OLD;
        return new StreamGap(kind, cursor, OptionalLong.of(first));
    }
}
