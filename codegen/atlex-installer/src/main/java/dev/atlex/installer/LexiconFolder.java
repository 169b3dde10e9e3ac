package dev.atlex.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconProblem;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents in a folder, in files of any name. */
final class LexiconFolder {
    private final Path folder;
    private final Map<Nsid, LexMap> documents = new TreeMap<>();
    private final Map<Nsid, Path> files = new TreeMap<>();

    /**
     * Reads all documents in a folder.
     *
     * @param except a file to skip, which isn't a document
     * @throws InstallException if files can't be read, aren't documents, or contain the same document. The message
     *     lists all such files
     */
    LexiconFolder(Path folder, Path except) {
        this.folder = folder;
        List<LexiconProblem> problems = new ArrayList<>();
        for (Path file : jsonFiles(folder)) {
            try {
                if (!Files.exists(except) || !Files.isSameFile(file, except)) {
                    add(file, Files.readAllBytes(file), problems);
                }
            } catch (IOException e) {
                throw new InstallException("failed to read " + file + ": " + e, e);
            }
        }
        if (!problems.isEmpty()) {
            Collections.sort(problems);
            throw new InstallException(problems, null);
        }
    }

    private void add(Path file, byte[] bytes, List<LexiconProblem> problems) {
        LexiconDocument document = LexiconDocument.parse(
                bytes, e -> problems.add(new LexiconProblem(file.toString(), e.path(), e.reason())));
        if (document == null || !(LexValue.parseJson(bytes, ReadOptions.STRICT) instanceof LexMap json)) {
            return;
        }
        Path other = files.putIfAbsent(document.id(), file);
        if (other == null) {
            documents.put(document.id(), json);
        } else {
            problems.add(
                    new LexiconProblem(file.toString(), "", "the document " + document.id() + " is also in " + other));
        }
    }

    private static List<Path> jsonFiles(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InstallException("failed to read " + folder + ": " + e, e);
        }
    }

    /** Returns the document, or null if the folder doesn't contain it. */
    @Nullable
    LexMap get(Nsid nsid) {
        return documents.get(nsid);
    }

    /** Writes a document to its existing file, or to {@code com/example/thing.json}. */
    void write(Nsid nsid, LexMap document) {
        Path usual = folder.resolve(nsid.toString().replace('.', '/') + ".json");
        write(files.getOrDefault(nsid, usual), PrettyJson.of(document));
    }

    /** Writes a file atomically. */
    static void write(Path file, String text) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Path part = Files.createTempFile(parent, ".atlex", ".part");
            try {
                Files.writeString(part, text, UTF_8);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new InstallException("failed to write " + file + ": " + e, e);
        }
    }
}
