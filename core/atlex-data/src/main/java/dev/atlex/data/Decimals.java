package dev.atlex.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floating point as text. */
final class Decimals {
    /** So many digits tell any number of 64 bits from all others. */
    private static final int MAX_DIGITS = 17;

    private Decimals() {}

    /**
     * The number in as few digits as it can be read back from, with a point or an exponent. {@code Double.toString}
     * writes more digits than are needed before JDK 19, so that the same record would not be the same text everywhere.
     */
    static String shortest(double value) {
        if (value == 0) {
            return Double.toString(value); // zero has a sign
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
