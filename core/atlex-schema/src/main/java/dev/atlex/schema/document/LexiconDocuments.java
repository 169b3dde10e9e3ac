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
 * An unmodifiable set of Lexicon documents, sorted by NSID.
 *
 * <p>Documents may refer to others that aren't in the set; {@link #resolve} returns null for such references.
 */
public final class LexiconDocuments {
    private final SortedMap<String, LexiconDocument> documents;

    private LexiconDocuments(SortedMap<String, LexiconDocument> documents) {
        this.documents = Collections.unmodifiableSortedMap(documents);
    }

    /**
     * Loads the documents in all {@code .json} files of a folder and its subfolders. Follows symbolic links.
     *
     * @throws LexDataException if a file isn't a Lexicon document, or two files have the same NSID. The path begins
     *     with the file: {@code lexicons/com/example/note.json: $.defs.main}. If there are several problems, the
     *     exception is an {@link InvalidLexiconsException} that lists them all
     * @throws UncheckedIOException if the folder or a file can't be read
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
     * Like {@link #load(Path)}, but skips invalid documents and reports their problems. If two documents have the same
     * NSID, the one in the first file by name is used.
     *
     * @param folder the folder to search
     * @param problems receives all problems in all documents, sorted
     * @throws UncheckedIOException if the folder or a file can't be read
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
                found.add(new LexiconProblem(file.toString(), "$.id", "the document " + id + " is also in " + other));
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

    /** Returns the document with the given NSID, or null if there is none. */
    public @Nullable LexiconDocument get(Nsid id) {
        return documents.get(id.toString());
    }

    /** Returns all documents, sorted by NSID, as an unmodifiable collection. */
    public Collection<LexiconDocument> all() {
        return documents.values();
    }

    /**
     * Returns the definition that a full reference refers to, or null if the set doesn't contain it.
     *
     * @param ref a reference as in {@link Definition.RefDef}: {@code app.bsky.feed.defs#postView}, or only an NSID for
     *     the {@code main} definition
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
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    /** Returns the files sorted by name, so that duplicates always resolve to the same file. */
    private static List<Path> jsonFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + folder, e);
        }
        return files;
    }
}
