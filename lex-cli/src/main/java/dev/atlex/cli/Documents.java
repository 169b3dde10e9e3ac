package dev.atlex.cli;

import dev.atlex.schema.document.LexiconDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
            throw none(folder);
        }
        return documents;
    }

    /**
     * As {@link #load}, without parsing them.
     *
     * @throws Failure if the folder has none, or can't be read
     */
    static void requireSome(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            if (files.noneMatch(file -> file.toString().endsWith(".json"))) {
                throw none(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            throw Failure.storage("--lexicons: can't read " + folder, e);
        }
    }

    private static Failure none(Path folder) {
        return Failure.input("--lexicons: no document in " + folder);
    }
}
