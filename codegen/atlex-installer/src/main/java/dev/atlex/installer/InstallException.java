package dev.atlex.installer;

import dev.atlex.data.LexException;
import dev.atlex.schema.document.LexiconProblem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a document can't be fetched, differs from its pinned version, or can't be written. The message gives the
 * document's NSID and the reason.
 */
public sealed class InstallException extends LexException permits InstallLimitException {
    private static final long serialVersionUID = 1L;

    private final transient List<LexiconProblem> problems;

    /** Creates an exception without a cause. */
    public InstallException(String message) {
        this(message, null);
    }

    /**
     * Creates an exception.
     *
     * @param cause the network or file system failure, or null
     */
    public InstallException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    /**
     * Creates an exception.
     *
     * @param problems all problems; the message has a line for each
     * @param cause the cause of the last problem, or null
     */
    InstallException(List<LexiconProblem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(LexiconProblem::toString).collect(Collectors.joining("\n")), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns the sorted problems if the folder's documents are invalid; otherwise an empty list. */
    public List<LexiconProblem> problems() {
        return problems;
    }
}
