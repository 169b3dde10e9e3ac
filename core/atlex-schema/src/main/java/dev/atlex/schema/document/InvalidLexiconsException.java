package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a set of Lexicon documents has several problems. {@link #path} and {@link #reason} describe the first
 * problem; the message has one line for each.
 */
public final class InvalidLexiconsException extends LexDataException {
    private static final long serialVersionUID = 1L;

    private final transient List<LexiconProblem> problems;
    private final String lines;

    /**
     * Creates an exception.
     *
     * @param problems one or more problems, sorted
     */
    public InvalidLexiconsException(List<LexiconProblem> problems) {
        super(
                problems.get(0).file() + ": " + problems.get(0).path(),
                problems.get(0).message());
        this.problems = List.copyOf(problems);
        this.lines = problems.stream().map(LexiconProblem::toString).collect(Collectors.joining("\n"));
    }

    /** Returns all problems in all documents, sorted. */
    public List<LexiconProblem> problems() {
        return problems;
    }

    @Override
    public String getMessage() {
        return lines;
    }
}
