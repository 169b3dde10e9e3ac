package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/**
 * How strictly data is read.
 *
 * <p>What breaks the data model is refused strictly. Leniently it is kept, so that nothing changes on a round trip:
 *
 * <ul>
 *   <li>Numbers that are not integers of 53 bits, malformed {@code $link} and {@code $bytes}, an empty or odd
 *       {@code $type}, and blobs of the legacy form stay as they are. Of DAG-CBOR, lenient reading also takes keys in any
 *       order, {@code undefined} as null, and broken UTF-8 (of JSON the latter too), with U+FFFD in its place.
 *   <li>In a typed object, a null in an optional field that is not nullable reads as absent, and so does what breaks the
 *       data model in an optional field: a fraction in an integer, a malformed link, bytes or blob. It stays among the
 *       object's unknown fields. In a required field it is a validation failure.
 *   <li>A {@code $type} of an object in a place that is no union is kept and not checked. In a union, {@code …#main} means
 *       the main definition. Datetimes may have looser forms.
 * </ul>
 *
 * @param strict whether what the data model forbids is refused
 * @param validate whether the constraints of the schema are checked. Without, anything that has the shape of JSON is read:
 *     a field of another kind than its schema's reads as absent and stays among the object's unknown fields, and so does an
 *     array with an element of another kind. What is required and absent, or of another kind, is null then; a number is 0
 *     and a boolean false. Only the value itself must be of the right kind
 * @param maxDepth how many arrays and maps may be nested, from 1 to {@link #MAX_DEPTH}
 * @param problems where to collect elements of arrays that do not validate and are left out; null, as by default, if such
 *     an element makes the whole value invalid
 */
public record ReadOptions(
        boolean strict,
        boolean validate,
        int maxDepth,
        @Nullable ReadProblems problems) {
    /**
     * The deepest nesting that can be asked for, and that the writers write. Values nested so deep are read and written on
     * a thread of their own, so that they fit any caller's stack.
     */
    public static final int MAX_DEPTH = 10_000;

    /**
     * Deeper than the bundled schemas allow: a thread of posts has up to 1,000 parents and replies 1,000 levels deep, which
     * takes two levels of JSON each.
     */
    public static final int DEFAULT_MAX_DEPTH = 2_500;

    /** Everything is checked. */
    public static final ReadOptions STRICT = new ReadOptions(true, true, DEFAULT_MAX_DEPTH);

    /** The schema is checked, the data model leniently. */
    public static final ReadOptions LENIENT = new ReadOptions(false, true, DEFAULT_MAX_DEPTH);

    public ReadOptions {
        if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth must be from 1 to " + MAX_DEPTH + ": " + maxDepth);
        }
    }

    /** Creates options under which an invalid element of an array makes the whole value invalid. */
    public ReadOptions(boolean strict, boolean validate, int maxDepth) {
        this(strict, validate, maxDepth, null);
    }

    public ReadOptions withStrict(boolean strict) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    public ReadOptions withValidate(boolean validate) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    public ReadOptions withMaxDepth(int maxDepth) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /**
     * Returns options under which elements of arrays that do not validate are left out and collected. Of arrays in each
     * other, the innermost leaves its element out. An array's least and greatest length are those of what came.
     */
    public ReadOptions skippingInvalidItems(ReadProblems problems) {
        return new ReadOptions(strict, validate, maxDepth, problems);
    }

    /** Whether a value that is not as its schema says may be set aside instead of making the whole invalid. */
    boolean tolerant() {
        return !strict || !validate || problems != null;
    }
}
