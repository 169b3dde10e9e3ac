package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Failure;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.document.LexiconProblem;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads the Lexicon documents in a folder and those bundled with the program. */
public final class Documents {
    private static final String BUNDLED = "documents";

    private Documents() {}

    /**
     * Loads all documents in a folder and its subfolders.
     *
     * @throws Failure if the folder contains no documents or invalid ones, or can't be read
     */
    public static LexiconDocuments load(Path folder) {
        return load(folder, null);
    }

    /**
     * Like {@link #load(Path)}, but leaves out invalid documents.
     *
     * @param problems receives their problems; if null, an invalid document is a failure
     */
    static LexiconDocuments load(Path folder, @Nullable Consumer<? super LexiconProblem> problems) {
        LexiconDocuments documents;
        try {
            documents = problems == null ? LexiconDocuments.load(folder) : LexiconDocuments.load(folder, problems);
        } catch (UncheckedIOException e) {
            throw Failure.storage("--lexicons: " + e.getMessage(), e);
        }
        if (documents.all().isEmpty()) {
            throw noDocuments(folder);
        }
        return documents;
    }

    /**
     * Checks that a folder contains documents, without parsing them.
     *
     * @return the folder
     * @throws Failure if it contains none, or can't be read
     */
    static Path requireSome(Path folder) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            if (files.noneMatch(file -> file.toString().endsWith(".json"))) {
                throw noDocuments(folder);
            }
            return folder;
        } catch (IOException | UncheckedIOException e) {
            throw Failure.storage("--lexicons: can't read " + folder, e);
        }
    }

    private static Failure noDocuments(Path folder) {
        return Failure.input("--lexicons: no documents in " + folder);
    }

    /** Like {@link #of(String, LexiconDocuments)}, for the document of a method. */
    public static LexiconDocuments of(Nsid method, @Nullable LexiconDocuments own) {
        return of(method.toString(), own);
    }

    /**
     * Returns the document of a definition with all documents that it refers to. No other bundled documents are read.
     *
     * @param root an NSID, or {@code NSID#name}
     * @param own the user's documents, all of which are in the result; they take precedence over bundled ones
     */
    static LexiconDocuments of(String root, @Nullable LexiconDocuments own) {
        Map<String, LexiconDocument> found = new HashMap<>();
        if (own != null) {
            own.all().forEach(document -> found.put(document.id().toString(), document));
        }
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            String ref = open.remove();
            if (!seen.add(ref)) {
                continue;
            }
            int hash = ref.indexOf('#');
            LexiconDocument document =
                    found.computeIfAbsent(hash < 0 ? ref : ref.substring(0, hash), Documents::bundled);
            Definition definition = document == null ? null : document.def(hash < 0 ? "main" : ref.substring(hash + 1));
            // The schema compiler reports missing definitions, with their location.
            if (definition != null) {
                addReferences(definition, open);
            }
        }
        return LexiconDocuments.of(found.values());
    }

    /** Returns whether a document is bundled. */
    static boolean isBundled(String nsid) {
        return Documents.class.getResource(resource(nsid)) != null;
    }

    private static String resource(String nsid) {
        // An invalid NSID must not become part of a path.
        return BUNDLED + '/' + (Nsid.isValid(nsid) ? nsid.replace('.', '/') : "none") + ".json";
    }

    /** The folder of the bundled documents, in the program's jar or a folder of classes. */
    static final class Bundled implements AutoCloseable {
        private final @Nullable FileSystem jar;
        private final Path folder;

        /**
         * Opens the folder.
         *
         * @throws Failure if the program's files can't be read
         */
        Bundled() {
            try {
                Path program = Path.of(Documents.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                jar = Files.isDirectory(program) ? null : FileSystems.newFileSystem(program);
                folder = (jar == null ? program : jar.getPath("/"))
                        .resolve(Documents.class.getPackageName().replace('.', '/'))
                        .resolve(BUNDLED);
            } catch (IOException | URISyntaxException e) {
                throw Failure.storage("can't read the bundled lexicons", e);
            }
        }

        Path folder() {
            return folder;
        }

        @Override
        public void close() {
            if (jar != null) {
                try {
                    jar.close();
                } catch (IOException e) {
                    // The jar was only read; nothing is lost.
                }
            }
        }
    }

    private static @Nullable LexiconDocument bundled(String nsid) {
        String name = resource(nsid);
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return in == null ? null : LexiconDocument.parse(in.readAllBytes());
        } catch (IOException e) {
            throw Failure.storage("can't read the bundled " + name, e);
        }
    }

    private static void addReferences(Definition definition, Collection<String> refs) {
        if (definition instanceof RefDef ref) {
            refs.add(ref.ref());
        } else if (definition instanceof UnionDef union) {
            refs.addAll(union.refs());
        } else if (definition instanceof ArrayDef array) {
            addReferences(array.items(), refs);
        } else if (definition instanceof ObjectDef object) {
            object.properties().values().forEach(property -> addReferences(property, refs));
        } else if (definition instanceof RecordDef record) {
            addReferences(record.record(), refs);
        } else if (definition instanceof QueryDef query) {
            addReferences(query.parameters(), null, query.output(), refs);
        } else if (definition instanceof ProcedureDef procedure) {
            addReferences(procedure.parameters(), procedure.input(), procedure.output(), refs);
        }
    }

    private static void addReferences(
            @Nullable ObjectDef parameters, @Nullable Body input, @Nullable Body output, Collection<String> refs) {
        if (parameters != null) {
            addReferences(parameters, refs);
        }
        if (input != null && input.schema() != null) {
            addReferences(input.schema(), refs);
        }
        if (output != null && output.schema() != null) {
            addReferences(output.schema(), refs);
        }
    }
}
