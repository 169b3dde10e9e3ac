package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp identifier: a time in microseconds and the ID of a clock, in 13 characters that sort by time, such as
 * {@code 3jzfcijpj2z2a}. Most record keys are TIDs. In Lexicon, this is the string format {@code tid}.
 *
 * @see <a href="https://atproto.com/specs/tid">AT Protocol: TID</a>
 */
public final class Tid implements Comparable<Tid> {
    static final long MAX_MICROS = (1L << 53) - 1;
    static final int MAX_CLOCK_ID = 1023;

    private static final int CLOCK_ID_BITS = 10;
    private static final int LENGTH = 13;
    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";

    private final String text;

    private Tid(String text) {
        this.text = text;
    }

    /**
     * Parses a TID.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Tid of(String text) {
        String reason = whyInvalid(text, 0, text.length());
        if (reason != null) {
            throw new InvalidSyntaxException("tid", text, reason);
        }
        return new Tid(text);
    }

    /** Creates a TID from text that is known to be valid; nothing is checked. */
    public static Tid unchecked(String text) {
        return new Tid(text);
    }

    /**
     * Returns whether the text is a valid TID: 13 characters of the sortable base32 alphabet, the first at most
     * {@code j}.
     */
    public static boolean isValid(String text) {
        return whyInvalid(text, 0, text.length()) == null;
    }

    static @Nullable String whyInvalid(String text, int start, int end) {
        if (end - start != LENGTH) {
            return "is not 13 characters long";
        }
        for (int i = start; i < end; i++) {
            if (valueOf(text.charAt(i)) < 0) {
                return "has a character other than 2-7 and a-z";
            }
        }
        return text.charAt(start) > 'j' ? "its first character is greater than j" : null;
    }

    private static int valueOf(char c) {
        if (c >= '2' && c <= '7') {
            return c - '2';
        }
        return Chars.isLower(c) ? c - 'a' + 6 : -1;
    }

    /**
     * Returns a TID for the current time, greater than all that this method returned earlier in this process. The clock
     * ID is random for each process.
     */
    public static Tid next() {
        return Shared.GENERATOR.next();
    }

    /**
     * Returns the TID for a time.
     *
     * @param micros the number of microseconds since 1970-01-01T00:00Z, from 0 to 2^53-1
     * @param clockId the clock ID, from 0 to 1023
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Tid of(long micros, int clockId) {
        if (micros < 0 || micros > MAX_MICROS) {
            throw new IllegalArgumentException("microseconds must be from 0 to 2^53-1 (got " + micros + ")");
        }
        if (clockId < 0 || clockId > MAX_CLOCK_ID) {
            throw new IllegalArgumentException("clock id must be from 0 to 1023 (got " + clockId + ")");
        }
        long value = micros << CLOCK_ID_BITS | clockId;
        char[] out = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) value & 31);
            value >>>= 5;
        }
        return new Tid(new String(out));
    }

    /**
     * Returns the microseconds since 1970-01-01T00:00Z, at least 0. TIDs from a {@link TidGenerator} are below 2^53.
     */
    public long timestampMicros() {
        return value() >>> CLOCK_ID_BITS;
    }

    /** Returns the time with microsecond precision. The creator of a TID can choose any time, so don't trust it. */
    public Instant toInstant() {
        return Instant.EPOCH.plus(timestampMicros(), ChronoUnit.MICROS);
    }

    /** Returns the clock ID, from 0 to 1023. */
    public int clockId() {
        return (int) value() & MAX_CLOCK_ID;
    }

    /** Returns the TID as a record key. */
    public RecordKey toRecordKey() {
        return RecordKey.unchecked(text);
    }

    private long value() {
        long value = 0;
        for (int i = 0; i < LENGTH; i++) {
            value = value << 5 | valueOf(text.charAt(i));
        }
        return value;
    }

    /** Initialized on the first call to {@link #next}, not when a TID is parsed. */
    private static final class Shared {
        static final TidGenerator GENERATOR = new TidGenerator();
    }

    /** Compares the string forms. */
    @Override
    public int compareTo(Tid other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a TID with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tid that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the original text. */
    @Override
    public String toString() {
        return text;
    }
}
