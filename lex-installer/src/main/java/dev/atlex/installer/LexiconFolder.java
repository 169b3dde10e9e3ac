package dev.atlex.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents in a folder, each wherever its author put it. */
final class LexiconFolder {
    private final Path folder;
    private final Map<Nsid, LexMap> documents = new TreeMap<>();
    private final Map<Nsid, Path> files = new TreeMap<>();

    /**
     * @param except a file that is no document
     * @throws InstallException if a file can't be read or is no document, or if two are the same one
     */
    LexiconFolder(Path folder, Path except) {
        this.folder = folder;
        for (Path file : jsonFiles(folder)) {
            try {
                if (Files.exists(except) && Files.isSameFile(file, except)) {
                    continue;
                }
                LexMap json = parse(Files.readAllBytes(file));
                Nsid nsid = LexiconDocument.parse(json).id();
                Path other = files.put(nsid, file);
                if (other != null) {
                    throw new InstallException(file + ": the document " + nsid + " is in " + other + " too");
                }
                documents.put(nsid, json);
            } catch (LexDataException e) {
                throw new InstallException(file + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new InstallException(file + " can't be read: " + e, e);
            }
        }
    }

    private static LexMap parse(byte[] bytes) {
        if (LexValue.parseJson(bytes, ReadOptions.STRICT) instanceof LexMap json) {
            return json;
        }
        throw new LexDataException("$", "expected an object");
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
            throw new InstallException(folder + " can't be read: " + e, e);
        }
    }

    /** The document, or null. */
    @Nullable
    LexMap get(Nsid nsid) {
        return documents.get(nsid);
    }

    /** Writes a document to where it was, or else to {@code com/example/thing.json}. */
    void write(Nsid nsid, LexMap document) {
        Path usual = folder.resolve(nsid.toString().replace('.', '/') + ".json");
        write(files.getOrDefault(nsid, usual), PrettyJson.of(document));
    }

    /** Whole or not at all. */
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
            throw new InstallException(file + " can't be written: " + e, e);
        }
    }
}
