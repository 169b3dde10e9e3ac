package dev.atlex.codegen;

import dev.atlex.data.LexException;
import dev.atlex.schema.document.LexiconProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when Java can't be generated, for example because of an unresolved reference or a class name clash. */
public final class CodegenException extends LexException {
    private static final long serialVersionUID = 1L;

    private final transient List<LexiconProblem> problems;

    /** Creates an exception that isn't about particular documents; {@link #problems} is empty. */
    public CodegenException(String message) {
        super(message);
        this.problems = List.of();
    }

    /** @param problems the problems in all documents of a run; the message has a line for each */
    CodegenException(List<LexiconProblem> problems) {
        super(problems.stream().map(LexiconProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in all documents, sorted. Empty if the failure has a different cause. */
    public List<LexiconProblem> problems() {
        return problems;
    }
}
