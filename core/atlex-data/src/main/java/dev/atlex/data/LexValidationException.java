package dev.atlex.data;

/** Well-formed data that does not follow its schema. */
public final class LexValidationException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Stands for a failure that nobody will see, and that is not worth its making. */
    static final LexValidationException UNSEEN =
            new LexValidationException("$", "type", "another value", "this", false, true);

    private final String path;
    private final String rule;
    private final String expected;
    private final String found;
    private final boolean ofDataModel;

    /**
     * @param path where, from the root {@code $}: {@code $.feed[3].post}
     * @param rule the constraint that is broken, in the Lexicon specification's word: {@code type}, {@code required},
     *     {@code maxLength}, {@code format}…
     * @param expected what the schema asks for
     * @param found what is there: a short value in quotes, or what describes a long one
     */
    public LexValidationException(String path, String rule, String expected, String found) {
        this(path, rule, expected, found, false, false);
    }

    /**
     * @param ofDataModel whether the value breaks the data model, and not only the schema
     * @param light whether a stack trace is not worth its cost, as the failure will most likely be caught
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

    /** Whether the value breaks the data model, and not only the schema. */
    boolean ofDataModel() {
        return ofDataModel;
    }

    /** Where it is wrong, from the root {@code $}: {@code $.feed[3].post}. Of a deep path the middle is left out. */
    public String path() {
        return path;
    }

    /** The constraint that is broken: {@code type}, {@code required}, {@code maxLength}, {@code format}… */
    public String rule() {
        return rule;
    }

    /** What the schema asks for. */
    public String expected() {
        return expected;
    }

    /** What is there instead: the value, shortened. Of fields that carry passwords and tokens it is not shown. */
    public String found() {
        return found;
    }
}
