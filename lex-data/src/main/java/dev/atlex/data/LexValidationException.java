package dev.atlex.data;

/** Well-formed data that does not follow its schema. */
public final class LexValidationException extends LexException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String rule;
    private final String expected;
    private final String found;

    /**
     * @param path where, from the root {@code $}: {@code $.feed[3].post}
     * @param rule the constraint that is broken, in the Lexicon specification's word: {@code type}, {@code required},
     *     {@code maxLength}, {@code format}…
     * @param expected what the schema asks for
     * @param found what is there, described, not quoted at length
     */
    public LexValidationException(String path, String rule, String expected, String found) {
        super("Expected " + expected + ", got " + found + " at " + path);
        this.path = path;
        this.rule = rule;
        this.expected = expected;
        this.found = found;
    }

    /** Where it is wrong, from the root {@code $}: {@code $.feed[3].post}. */
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

    /** What is there instead. */
    public String found() {
        return found;
    }
}
