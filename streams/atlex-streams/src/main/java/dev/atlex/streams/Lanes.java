package dev.atlex.streams;

/**
 * How many threads handle a stream's events. Events of one account stay in the same lane, so they are handled in order,
 * one after the other. Immutable.
 */
public final class Lanes {
    private final int count;

    private Lanes(int count) {
        this.count = count;
    }

    /**
     * Returns a number of lanes, each with a thread of its own.
     *
     * @param count from 1 to 1,024
     * @throws IllegalArgumentException if the number is out of range
     */
    public static Lanes of(int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("lanes: the number must be from 1 to 1024 (got " + count + ")");
        }
        return new Lanes(count);
    }

    /** Returns the number of lanes. */
    public int count() {
        return count;
    }

    @Override
    public String toString() {
        return "Lanes[" + count + "]";
    }
}
