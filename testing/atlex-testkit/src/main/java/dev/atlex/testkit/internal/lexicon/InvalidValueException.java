package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.LexException;

/** Thrown when a value violates its schema. */
public final class InvalidValueException extends LexException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String path;

    InvalidValueException(String problem, String path) {
        super(problem + " at $" + path);
        this.problem = problem;
        this.path = path;
    }

    /** Returns the problem in the reference server's words, such as {@code Invalid datetime (got "yesterday")}. */
    public String problem() {
        return problem;
    }

    /**
     * Returns the path of the invalid value below the checked one, such as {@code .facets[0].index}; empty for the
     * checked value itself.
     */
    public String path() {
        return path;
    }
}
