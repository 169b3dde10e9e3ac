package dev.atlex.data;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number that is not an integer of 64 bits. The data model has none; JSON that is read leniently may hold one, and keeps
 * it through a round trip: one that a {@code double} can't hold, such as an integer of 30 digits, keeps its text.
 */
public final class LexFloat implements LexValue {
    /** Up to this many characters, a finite decimal number is the same after a round trip through a {@code double}. */
    private static final int EXACT = 15;

    /** Longer numbers keep their text without a comparison, which would take time. */
    private static final int COMPARED = 400;

    private final double value;
    private final @Nullable String text;

    private LexFloat(double value, @Nullable String text) {
        this.value = value;
        this.text = text;
    }

    /** Creates a number that is exactly this {@code double}. */
    public LexFloat(double value) {
        this(value, null);
    }

    /** Returns the number that this text of JSON is: an integer where JavaScript would have one. */
    static LexValue parse(String text) {
        double value = Double.parseDouble(text);
        LexValue number = DataModel.number(value);
        return number instanceof LexInteger || isExact(text, value) ? number : new LexFloat(value, text);
    }

    /** Returns an integer that has more than 64 bits. */
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
            return false; // an exponent beyond what BigDecimal has
        }
    }

    /** Returns the nearest {@code double}, which is infinite for a number that is too large. */
    public double value() {
        return value;
    }

    /** Returns the text of the number if a {@code double} can't hold it, otherwise null. */
    @Nullable
    String text() {
        return text;
    }

    @Override
    public Kind kind() {
        return Kind.FLOAT;
    }

    /** Whether the other is the same number; one that a {@code double} can't hold is compared by its text. */
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
