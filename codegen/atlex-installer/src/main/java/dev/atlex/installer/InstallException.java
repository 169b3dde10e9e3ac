package dev.atlex.installer;

import dev.atlex.data.LexException;
import dev.atlex.schema.document.LexiconProblem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A document that can't be had, is not what was pinned, or can't be written; the message says which and why. */
public sealed class InstallException extends LexException permits InstallLimitException {
    private static final long serialVersionUID = 1L;

    private final transient List<LexiconProblem> problems;

    public InstallException(String message) {
        this(message, null);
    }

    /** @param cause what the network or the file system said, or null */
    public InstallException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    /**
     * @param problems all that is wrong with the documents; the message has a line for each
     * @param cause of the last of them, or null
     */
    InstallException(List<LexiconProblem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(LexiconProblem::toString).collect(Collectors.joining("\n")), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns all that is wrong if several documents are invalid, sorted; else empty. */
    public List<LexiconProblem> problems() {
        return problems;
    }
}
