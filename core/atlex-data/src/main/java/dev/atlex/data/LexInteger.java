package dev.atlex.data;

/** An integer in the data model. It has 64 bits, but many JSON implementations preserve only 53 of them. */
public record LexInteger(long value) implements LexValue {
    private static final LexInteger[] SMALL = new LexInteger[256];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new LexInteger(i);
        }
    }

    /** Returns an integer; small ones are cached. */
    static LexInteger of(long value) {
        return value >= 0 && value < SMALL.length ? SMALL[(int) value] : new LexInteger(value);
    }

    @Override
    public Kind kind() {
        return Kind.INTEGER;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
