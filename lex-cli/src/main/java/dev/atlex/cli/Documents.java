package dev.atlex.cli;

import dev.atlex.schema.document.LexiconDocuments;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The Lexicon documents of a folder. */
final class Documents {
    private Documents() {}

    /** @throws Failure if the folder has none, or can't be read */
    static LexiconDocuments load(Path folder) {
        LexiconDocuments documents;
        try {
            documents = LexiconDocuments.load(folder);
        } catch (UncheckedIOException e) {
            throw Failure.storage("--lexicons: " + e.getMessage(), e);
        }
        if (documents.all().isEmpty()) {
            throw Failure.input("--lexicons: no document in " + folder);
        }
        return documents;
    }
}
