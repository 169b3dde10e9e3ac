package dev.atlex.codegen.internal;

import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and parses the Lexicon documents in the configured folders. */
public final class LexiconFiles {
    /** A pattern that finds the ID in malformed JSON. */
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([A-Za-z0-9.-]{1,317})\"");

    private LexiconFiles() {}

    /**
     * An unparsed file.
     *
     * @param name the path relative to its folder, with forward slashes
     * @param failure the reason why the file can't be read, or null
     */
    public record Content(
            Path file, String name, byte[] json, @Nullable String failure) {}

    /** A document and its file. */
    public record Source(Path file, String name, byte[] json, LexiconDocument document) {
        /** Returns the document's ID. */
        public String nsid() {
            return document.id().toString();
        }
    }

    /**
     * The documents of a run.
     *
     * @param sources the valid documents by NSID
     * @param problems the problems in the documents to generate
     * @param invalid the first problem in each invalid document whose NSID can be determined, by NSID
     * @param names the names of all files, valid or not
     */
    public record Parsed(
            SortedMap<String, Source> sources,
            List<LexiconProblem> problems,
            Map<String, LexiconProblem> invalid,
            List<Names> names) {}

    /**
     * The names by which patterns can select a document.
     *
     * @param nsids the document's ID, or the candidates for it if the document is invalid
     * @param file the path of its file, relative to its folder
     */
    public record Names(List<String> nsids, String file) {}

    /**
     * Reads the files whose names end in {@code .json}, and follows symbolic links. The files are sorted, so that the
     * file reported as a duplicate doesn't depend on the file system.
     *
     * @param what a description of the files, for messages
     * @throws CodegenException if a folder can't be read
     */
    public static List<Content> read(Collection<Path> folders, String what) {
        return folders.stream().flatMap(folder -> files(folder, what).stream()).toList();
    }

    /** Reads a single file. A failure is part of the result. */
    public static Content read(Path file) {
        return content(file, String.valueOf(file.getFileName()));
    }

    private static List<Content> files(Path folder, String what) {
        if (!Files.isDirectory(folder)) {
            throw new CodegenException("folder of " + what + " not found: " + folder);
        }
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .map(file ->
                            content(file, folder.relativize(file).toString().replace('\\', '/')))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CodegenException("failed to read " + folder + ": " + e);
        }
    }

    private static Content content(Path file, String name) {
        try {
            return new Content(file, name, Files.readAllBytes(file), null);
        } catch (IOException e) {
            return new Content(file, name, new byte[0], "failed to read: " + e);
        }
    }

    /**
     * Parses the documents. An invalid document isn't a problem unless it is to be generated.
     *
     * @param wanted a test whether a document is to be generated
     */
    public static Parsed parse(List<Content> files, Predicate<Names> wanted) {
        SortedMap<String, Source> sources = new TreeMap<>();
        List<LexiconProblem> problems = new ArrayList<>();
        Map<String, LexiconProblem> invalid = new HashMap<>();
        List<Names> names = new ArrayList<>();
        for (Content content : files) {
            List<LexiconProblem> found = new ArrayList<>();
            LexiconDocument document = parse(content, found);
            if (document != null) {
                Source source = new Source(content.file(), content.name(), content.json(), document);
                Names known = new Names(List.of(source.nsid()), content.name());
                names.add(known);
                add(source, wanted.test(known), sources, problems);
                continue;
            }
            Names guessed = guess(content);
            names.add(guessed);
            guessed.nsids().stream().limit(1).forEach(nsid -> invalid.putIfAbsent(nsid, found.get(0)));
            if (wanted.test(guessed)) {
                problems.addAll(found);
            }
        }
        return new Parsed(sources, problems, invalid, names);
    }

    private static @Nullable LexiconDocument parse(Content content, List<LexiconProblem> problems) {
        String file = content.file().toString();
        if (content.failure() != null) {
            problems.add(new LexiconProblem(file, "", content.failure()));
            return null;
        }
        return LexiconDocument.parse(content.json(), e -> problems.add(new LexiconProblem(file, e.path(), e.reason())));
    }

    private static void add(
            Source source, boolean wanted, SortedMap<String, Source> sources, List<LexiconProblem> problems) {
        Source other = sources.putIfAbsent(source.nsid(), source);
        if (other != null && wanted) {
            problems.add(new LexiconProblem(
                    source.file().toString(), "$.id", "the document " + source.nsid() + " is also in " + other.file()));
        }
    }

    /**
     * Returns candidates for the NSID of an invalid document: first its ID, if found, then those derived from its path.
     */
    private static Names guess(Content content) {
        LinkedHashSet<String> nsids = new LinkedHashSet<>();
        // Latin-1 decodes any bytes, and NSIDs are ASCII.
        Matcher id = ID.matcher(new String(content.json(), StandardCharsets.ISO_8859_1));
        String own = ownId(content.json());
        if (own != null) {
            nsids.add(own);
        } else if (id.find()) {
            nsids.add(id.group(1));
        }
        String path = content.name().substring(0, content.name().length() - ".json".length());
        for (int from = 0; from >= 0; ) {
            nsids.add(path.substring(from).replace('/', '.'));
            int slash = path.indexOf('/', from);
            from = slash < 0 ? -1 : slash + 1;
        }
        return new Names(List.copyOf(nsids), content.name());
    }

    private static @Nullable String ownId(byte[] json) {
        try {
            return LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map
                            && map.get("id") instanceof LexString id
                    ? id.value()
                    : null;
        } catch (LexDataException e) {
            return null;
        }
    }

    /**
     * Parses a document.
     *
     * @throws LexDataException if the document is invalid; the path begins with the file
     */
    static LexiconDocument parse(String file, byte[] json) {
        try {
            return LexiconDocument.parse(json);
        } catch (LexDataException e) {
            throw new LexDataException(file + ": " + e.path(), e.reason(), e);
        }
    }
}
