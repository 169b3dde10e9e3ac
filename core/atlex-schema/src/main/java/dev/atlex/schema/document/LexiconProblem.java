package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import java.util.Comparator;

/**
 * A problem in a Lexicon document. Problems are ordered by file, path and message.
 *
 * @param file the file of the document
 * @param path the path in the document: {@code $.defs.main.record}, or {@code com.example.note#tag.text} if the
 *     document itself is well-formed; empty if the problem concerns the whole document
 * @param message the problem
 */
public record LexiconProblem(String file, String path, String message) implements Comparable<LexiconProblem> {
    private static final Comparator<LexiconProblem> ORDER = Comparator.comparing(LexiconProblem::file)
            .thenComparing(LexiconProblem::path)
            .thenComparing(LexiconProblem::message);

    static LexiconProblem of(String file, LexDataException problem) {
        return new LexiconProblem(file, problem.path(), problem.reason());
    }

    @Override
    public int compareTo(LexiconProblem other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code file: path: message}. */
    @Override
    public String toString() {
        return file + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
