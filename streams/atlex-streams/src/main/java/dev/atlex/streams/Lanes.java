package dev.atlex.streams;

/**
 * The number of threads that handle a stream's events. All events of an account are in the same lane, so they are
 * handled one after the other, in order. Immutable.
 */
public final class Lanes {
    private final int count;

    private Lanes(int count) {
        this.count = count;
    }

    /**
     * Creates the given number of lanes, each with its own thread.
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
