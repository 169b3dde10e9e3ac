package dev.atlex.codegen.internal;

import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexDataException;
import dev.atlex.schema.document.LexiconDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the folders of lexicons. */
public final class LexiconFiles {
    private LexiconFiles() {}

    /** A file before it is parsed. */
    public record Content(Path file, byte[] json) {}

    /** A document and where it is from. */
    public record Source(Path file, byte[] json, LexiconDocument document) {
        public String nsid() {
            return document.id().toString();
        }
    }

    /**
     * The files whose name ends in {@code .json}, sorted, so that of several faulty ones it is always the same that is
     * complained of. Symbolic links are followed.
     *
     * @throws CodegenException if a folder or a file can't be read
     */
    public static List<Content> read(Collection<Path> folders) {
        return folders.stream().flatMap(folder -> files(folder).stream()).toList();
    }

    private static List<Content> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CodegenException(folder + ": there is no such folder of lexicons");
        }
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .map(file -> new Content(file, bytes(file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CodegenException(folder + " can't be read: " + e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CodegenException(file + " can't be read: " + e);
        }
    }

    /**
     * The documents by NSID.
     *
     * @throws LexDataException if a file is no document, or two have the same NSID; the path begins with the file
     */
    public static SortedMap<String, Source> parse(List<Content> files) {
        SortedMap<String, Source> documents = new TreeMap<>();
        Map<String, Path> origins = new HashMap<>();
        for (Content content : files) {
            LexiconDocument document = parse(content.file().toString(), content.json());
            String nsid = document.id().toString();
            Path other = origins.putIfAbsent(nsid, content.file());
            if (other != null) {
                throw new LexDataException(
                        content.file() + ": $.id", "the document " + nsid + " is in " + other + " too");
            }
            documents.put(nsid, new Source(content.file(), content.json(), document));
        }
        return documents;
    }

    static LexiconDocument parse(String file, byte[] json) {
        try {
            return LexiconDocument.parse(json);
        } catch (LexDataException e) {
            throw new LexDataException(file + ": " + e.path(), e.reason(), e);
        }
    }
}
