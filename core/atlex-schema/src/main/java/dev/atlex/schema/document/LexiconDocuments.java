package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable set of Lexicon documents, in the order of their NSIDs.
 *
 * <p>The documents may refer to others that are not in the set; {@link #resolve} returns null for them.
 */
public final class LexiconDocuments {
    private final SortedMap<String, LexiconDocument> documents;

    private LexiconDocuments(SortedMap<String, LexiconDocument> documents) {
        this.documents = Collections.unmodifiableSortedMap(documents);
    }

    /**
     * Loads the documents in all files of a folder, and its subfolders, whose name ends in {@code .json}. Symbolic links are
     * followed.
     *
     * @throws LexDataException if a file is not a Lexicon document, or two have the same NSID; the path begins
     *     with the file: {@code lexicons/com/example/note.json: $.defs.main}. If several things are wrong, an
     *     {@link InvalidLexiconsException} that lists them all
     * @throws UncheckedIOException if the folder or a file cannot be read
     */
    public static LexiconDocuments load(Path folder) {
        List<LexiconProblem> problems = new ArrayList<>();
        LexiconDocuments documents = load(folder, problems::add);
        if (problems.size() == 1) {
            LexiconProblem only = problems.get(0);
            throw new LexDataException(only.file() + ": " + only.path(), only.message());
        } else if (!problems.isEmpty()) {
            throw new InvalidLexiconsException(problems);
        }
        return documents;
    }

    /**
     * Like {@link #load(Path)}, but leaves out the documents that are invalid and reports why. Of two documents with the
     * same NSID, the one whose file comes first is used.
     *
     * @param problems receives all problems of all documents, sorted
     * @throws UncheckedIOException if the folder or a file cannot be read
     */
    public static LexiconDocuments load(Path folder, Consumer<? super LexiconProblem> problems) {
        SortedMap<String, LexiconDocument> documents = new TreeMap<>();
        Map<String, Path> origins = new HashMap<>();
        List<LexiconProblem> found = new ArrayList<>();
        for (Path file : jsonFiles(folder)) {
            LexiconDocument document = LexiconDocument.parse(
                    bytes(file), problem -> found.add(LexiconProblem.of(file.toString(), problem)));
            if (document == null) {
                continue;
            }
            String id = document.id().toString();
            Path other = origins.putIfAbsent(id, file);
            if (other == null) {
                documents.put(id, document);
            } else {
                found.add(
                        new LexiconProblem(file.toString(), "$.id", "the document " + id + " is in " + other + " too"));
            }
        }
        Collections.sort(found);
        found.forEach(problems);
        return new LexiconDocuments(documents);
    }

    /**
     * Returns a set of these documents.
     *
     * @throws LexDataException if two of them have the same NSID
     */
    public static LexiconDocuments of(Collection<LexiconDocument> documents) {
        SortedMap<String, LexiconDocument> byId = new TreeMap<>();
        for (LexiconDocument document : documents) {
            String id = document.id().toString();
            if (byId.putIfAbsent(id, document) != null) {
                throw new LexDataException("$.id", "two documents have the id " + id);
            }
        }
        return new LexiconDocuments(byId);
    }

    /** Returns the document of that NSID, or null. */
    public @Nullable LexiconDocument get(Nsid id) {
        return documents.get(id.toString());
    }

    /** Returns all documents in the order of their NSIDs, unmodifiable. */
    public Collection<LexiconDocument> all() {
        return documents.values();
    }

    /**
     * Resolves a full reference. Returns null if the set has no such definition.
     *
     * @param ref a reference as in {@link Definition.RefDef}: {@code app.bsky.feed.defs#postView}, or an NSID alone for the
     *     {@code main} definition
     */
    public @Nullable Definition resolve(String ref) {
        int hash = ref.indexOf('#');
        LexiconDocument document = documents.get(hash < 0 ? ref : ref.substring(0, hash));
        if (document == null) {
            return null;
        }
        return document.def(hash < 0 ? DocumentParser.MAIN : ref.substring(hash + 1));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Returns the files sorted, so that the same one of two files with the same document always wins. */
    private static List<Path> jsonFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder, e);
        }
        return files;
    }
}
