package dev.atlex.session.store;

import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import java.time.Instant;

/** A stored position in a stream. Immutable. */
public final class SavedCursor {
    private final LexValue position;
    private final LexMap state;
    private final long generation;
    private final Instant savedAt;

    SavedCursor(LexValue position, LexMap state, long generation, Instant savedAt) {
        this.position = position;
        this.state = state;
        this.generation = generation;
        this.savedAt = savedAt;
    }

    /** Returns the position as a String, in decimal if it is a sequence number. */
    public String position() {
        return position instanceof LexString text ? text.value() : position.toJson();
    }

    /**
     * Returns the position as a sequence number.
     *
     * @throws IllegalStateException if it was saved as a String
     */
    public long sequence() {
        if (position instanceof LexInteger number) {
            return number.value();
        }
        throw new IllegalStateException("sequence: this cursor is a String; call position()");
    }

    /** Returns the state that was saved with the position, empty if there is none. */
    public LexMap state() {
        return state;
    }

    /** Returns the generation, which grows with every save. */
    public long generation() {
        return generation;
    }

    /** Returns the time at which the cursor was saved, by the store's clock. */
    public Instant savedAt() {
        return savedAt;
    }

    /** Returns everything but the state, which may be long. */
    @Override
    public String toString() {
        return "SavedCursor[" + position() + ", generation " + generation + ", saved " + savedAt + "]";
    }
}
