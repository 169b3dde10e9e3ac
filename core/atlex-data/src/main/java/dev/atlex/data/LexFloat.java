package dev.atlex.data;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number that isn't a 64-bit integer. The data model has no such numbers, but lenient reading keeps them, so that
 * nothing changes on a round trip. A number that a {@code double} can't represent, such as a 30-digit integer, keeps
 * its text.
 */
public final class LexFloat implements LexValue {
    /** The maximum length at which every finite decimal number survives a round trip through a {@code double}. */
    private static final int EXACT = 15;

    /**
     * The maximum length of numbers that are compared. Longer ones always keep their text, because comparing them is
     * slow.
     */
    private static final int COMPARED = 400;

    private final double value;
    private final @Nullable String text;

    private LexFloat(double value, @Nullable String text) {
        this.value = value;
        this.text = text;
    }

    /** Creates a number from a {@code double}. */
    public LexFloat(double value) {
        this(value, null);
    }

    /** Parses a JSON number. Returns an integer if JavaScript would. */
    static LexValue parse(String text) {
        double value = Double.parseDouble(text);
        LexValue number = DataModel.number(value);
        return number instanceof LexInteger || isExact(text, value) ? number : new LexFloat(value, text);
    }

    /** Returns an integer with more than 64 bits. */
    static LexFloat large(String digits) {
        return new LexFloat(Double.parseDouble(digits), digits);
    }

    private static boolean isExact(String text, double value) {
        if (Double.isInfinite(value) || text.length() > COMPARED) {
            return false;
        }
        if (text.length() <= EXACT && Math.abs(value) >= Double.MIN_NORMAL) {
            return true;
        }
        try {
            return new BigDecimal(text).compareTo(new BigDecimal(Decimals.shortest(value))) == 0;
        } catch (NumberFormatException e) {
            return false; // exponent out of BigDecimal's range
        }
    }

    /** Returns the nearest {@code double}; infinite if the number is too large. */
    public double value() {
        return value;
    }

    /** Returns the text of the number, or null if a {@code double} can represent it. */
    @Nullable
    String text() {
        return text;
    }

    @Override
    public Kind kind() {
        return Kind.FLOAT;
    }

    /**
     * Returns whether the other object is the same number. Numbers that a {@code double} can't represent are compared
     * by their text.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LexFloat that
                && Double.compare(value, that.value) == 0
                && Objects.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    public String toString() {
        return text == null ? Double.toString(value) : text;
    }
}
