package dev.atlex.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Formats floating-point numbers. */
final class Decimals {
    /** The number of significant digits that distinguishes any two doubles. */
    private static final int MAX_DIGITS = 17;

    private Decimals() {}

    /**
     * Returns the shortest text that parses to the same number, with a decimal point or an exponent. Before JDK 19,
     * {@code Double.toString} may print more digits than necessary, so the same record would differ between JDKs.
     */
    static String shortest(double value) {
        if (value == 0) {
            return Double.toString(value); // keeps the sign of zero
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return text(rounded);
            }
        }
        return text(exact.round(new MathContext(MAX_DIGITS)));
    }

    private static String text(BigDecimal decimal) {
        String text = decimal.stripTrailingZeros().toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + ".0" : text;
    }
}
