package dev.atlex.repo;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** Thrown when a CAR file, a tree or a commit is invalid or incomplete. */
public class RepoException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public RepoException(String message) {
        super(message);
    }

    /** Creates an exception with a cause, which may be null. */
    public RepoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
