package dev.atlex.data;

/** Thrown when well-formed data violates its schema. */
public final class LexValidationException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * A shared instance for failures that are caught and not reported, so that building a message would be wasted work.
     */
    static final LexValidationException UNSEEN =
            new LexValidationException("$", "type", "another value", "this", false, true);

    private final String path;
    private final String rule;
    private final String expected;
    private final String found;
    private final boolean ofDataModel;

    /**
     * Creates an exception.
     *
     * @param path the path of the invalid value from the root {@code $}, such as {@code $.feed[3].post}
     * @param rule the violated constraint, as the Lexicon specification names it: {@code type}, {@code required},
     *     {@code maxLength}, {@code format}…
     * @param expected the value that the schema requires
     * @param found the actual value: a short one in quotes, or the description of a long one
     */
    public LexValidationException(String path, String rule, String expected, String found) {
        this(path, rule, expected, found, false, false);
    }

    /**
     * @param ofDataModel whether the value violates the data model, not only the schema
     * @param light whether to omit the stack trace, because the exception will most likely be caught
     */
    LexValidationException(
            String path, String rule, String expected, String found, boolean ofDataModel, boolean light) {
        super("Expected " + expected + " at " + path + " (got " + found + ")", null, !light);
        this.path = path;
        this.rule = rule;
        this.expected = expected;
        this.found = found;
        this.ofDataModel = ofDataModel;
    }

    /** Returns whether the value violates the data model, not only the schema. */
    boolean ofDataModel() {
        return ofDataModel;
    }

    /**
     * Returns the path of the invalid value from the root {@code $}, such as {@code $.feed[3].post}. The middle of a
     * deep path is omitted.
     */
    public String path() {
        return path;
    }

    /** Returns the violated constraint: {@code type}, {@code required}, {@code maxLength}, {@code format}… */
    public String rule() {
        return rule;
    }

    /** Returns a description of the value that the schema requires. */
    public String expected() {
        return expected;
    }

    /** Returns the actual value, shortened. Passwords and tokens are redacted. */
    public String found() {
        return found;
    }
}
