package dev.atlex.schema.internal;

import java.util.Collection;
import java.util.Iterator;

/** Formats the constraint descriptions in error messages. */
public final class ConstraintText {
    private static final int SHOWN = 300;

    private ConstraintText() {}

    /** Returns a number followed by its unit, pluralized if necessary: {@code 1 byte}, {@code 2 bytes}. */
    public static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /**
     * Returns {@code one of [a, b]}, shortened to about 300 characters, because a schema may list any number of values.
     */
    public static String oneOf(Collection<?> values) {
        StringBuilder text = new StringBuilder("one of [");
        int left = values.size();
        for (Iterator<?> each = values.iterator(); each.hasNext(); left--) {
            String value = String.valueOf(each.next());
            if (text.length() + value.length() > SHOWN) {
                return text.append("… (").append(left).append(" more)]").toString();
            }
            text.append(value).append(each.hasNext() ? ", " : "");
        }
        return text.append(']').toString();
    }
}
