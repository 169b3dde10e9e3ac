package dev.atlex.data;

/**
 * How strictly data is read.
 *
 * @param strict whether what the data model forbids is refused: floats, malformed {@code $link} and {@code $bytes},
 *     loosely written datetimes, blobs of the legacy form. Leniently it is kept as it is. Of DAG-CBOR, lenient reading
 *     also takes keys in any order, {@code undefined} as null, and broken UTF-8
 * @param validate whether the constraints of the schema are checked. Without, values must still be of the right kind,
 *     and absent required fields are tolerated
 * @param maxDepth how many arrays and maps may be nested, from 1 to {@link #MAX_DEPTH}
 */
public record ReadOptions(boolean strict, boolean validate, int maxDepth) {
    /**
     * The deepest nesting that can be asked for, and that the writers write. Reading so deep, typed or not, fits a stack
     * of 512 KB; the JDK gives a thread twice that.
     */
    public static final int MAX_DEPTH = 1000;

    /** Deep enough for the deepest threads that the network serves, and safe on a thread's usual stack. */
    public static final int DEFAULT_MAX_DEPTH = 512;

    /** Everything is checked. */
    public static final ReadOptions STRICT = new ReadOptions(true, true, DEFAULT_MAX_DEPTH);

    /** The schema is checked, the data model leniently. */
    public static final ReadOptions LENIENT = new ReadOptions(false, true, DEFAULT_MAX_DEPTH);

    public ReadOptions {
        if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth must be from 1 to " + MAX_DEPTH + ": " + maxDepth);
        }
    }

    public ReadOptions withStrict(boolean strict) {
        return new ReadOptions(strict, validate, maxDepth);
    }

    public ReadOptions withValidate(boolean validate) {
        return new ReadOptions(strict, validate, maxDepth);
    }

    public ReadOptions withMaxDepth(int maxDepth) {
        return new ReadOptions(strict, validate, maxDepth);
    }
}
