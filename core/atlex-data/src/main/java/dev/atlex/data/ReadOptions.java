package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * Options that control how strictly data is read.
 *
 * <p>Strict reading rejects violations of the data model. Lenient reading accepts these, and a round trip preserves
 * them:
 *
 * <ul>
 * <li>Numbers that aren't 53-bit integers, malformed {@code $link} and {@code $bytes}, an empty or malformed
 * {@code $type}, and legacy blobs are preserved. In DAG-CBOR, keys in any order and {@code undefined} (as null) are
 * accepted too. In both formats, invalid UTF-8 is replaced by U+FFFD.
 * <li>In a typed object, a null in an optional field that isn't nullable reads as absent. So does an optional field
 * that violates the data model: a fraction in an integer, or a malformed link, bytes or blob. The original value stays
 * in the object's unknown fields. In a required field, the same violation is a validation failure.
 * <li>The {@code $type} of an object outside of a union is kept and not checked. In a union, {@code …#main} means the
 * main definition. Datetimes may have looser forms.
 * </ul>
 *
 * @param strict whether violations of the data model are rejected
 * @param validate whether the schema's constraints are checked. If false, any JSON is accepted: a field of the wrong
 *     kind, or an array with an element of the wrong kind, reads as absent and is kept in the object's unknown fields.
 *     A required field that reads as absent is null, 0 or false. Only the outermost value must have the right kind
 * @param maxDepth the maximum nesting of arrays and maps, from 1 to {@link #MAX_DEPTH}
 * @param problems collects invalid array elements, which are left out; null (the default) if an invalid element makes
 *     the whole value invalid
 */
public record ReadOptions(
        boolean strict,
        boolean validate,
        int maxDepth,
        @Nullable ReadProblems problems) {
    /**
     * The maximum of {@code maxDepth}, and the maximum depth that writers accept. Deeply nested values are read and
     * written on a separate thread with a large stack.
     */
    public static final int MAX_DEPTH = 10_000;

    /**
     * The default of {@code maxDepth}. The bundled schemas need up to 2,000: a post's thread can have replies 1,000
     * levels deep, and each level takes two levels of JSON.
     */
    public static final int DEFAULT_MAX_DEPTH = 2_500;

    /** Options that check the data model strictly, and the schema. */
    public static final ReadOptions STRICT = new ReadOptions(true, true, DEFAULT_MAX_DEPTH);

    /** Options that check the schema, and read violations of the data model leniently. */
    public static final ReadOptions LENIENT = new ReadOptions(false, true, DEFAULT_MAX_DEPTH);

    public ReadOptions {
        if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth must be from 1 to " + MAX_DEPTH + " (got " + maxDepth + ")");
        }
    }

    /** Creates options under which an invalid element of an array makes the whole value invalid. */
    public ReadOptions(boolean strict, boolean validate, int maxDepth) {
        this(strict, validate, maxDepth, null);
    }

    /** Returns a copy with {@code strict} changed. */
    public ReadOptions withStrict(boolean strict) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /** Returns a copy with {@code validate} changed. */
    public ReadOptions withValidate(boolean validate) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /**
     * Returns a copy with {@code maxDepth} changed.
     *
     * @throws IllegalArgumentException if the depth isn't from 1 to {@link #MAX_DEPTH}
     */
    public ReadOptions withMaxDepth(int maxDepth) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /**
     * Returns options that leave out and collect invalid array elements. In nested arrays, the innermost one omits its
     * element. Limits on an array's length apply to the original array.
     */
    public ReadOptions skippingInvalidItems(ReadProblems problems) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /** Returns whether a value that violates its schema can be set aside instead of making the whole value invalid. */
    boolean tolerant() {
        return !strict || !validate || problems != null;
    }
}
