package dev.atlex.codegen.internal;

import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexDataException;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The documents whose types come from the jars and class folders that the generated code can use. */
public final class Dependencies implements AutoCloseable {
    /**
     * A jar or folder with an index.
     *
     * @param path the path as configured
     * @param documents the folder of its documents
     */
    private record Dependency(Path path, Path documents, LexiconIndex index) {
        Path document(String nsid) {
            return documents.resolve(nsid.replace('.', '/') + ".json");
        }

        String origin(String nsid) {
            return path.equals(documents) ? document(nsid).toString() : path + "!/" + LexiconIndex.path(nsid);
        }
    }

    private final List<FileSystem> open = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final Map<String, Dependency> byNsid = new LinkedHashMap<>();
    private final Set<String> usedModules = new TreeSet<>();

    /**
     * Opens the jars and folders that have an index, and skips all others.
     *
     * @throws CodegenException if a jar or folder can't be read, or its index is invalid
     */
    public Dependencies(Collection<Path> jarsAndFolders) {
        try {
            jarsAndFolders.forEach(this::add);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(Path path) {
        try {
            if (Files.isDirectory(path)) {
                add(path, path);
            } else if (Files.isRegularFile(path)) {
                FileSystem jar = FileSystems.newFileSystem(path);
                if (add(path, jar.getPath("/"))) {
                    open.add(jar);
                } else {
                    jar.close();
                }
            }
        } catch (IOException | ProviderNotFoundException e) {
            throw new CodegenException("failed to read " + path + ": " + e);
        }
    }

    private boolean add(Path path, Path root) throws IOException {
        Path file = root.resolve(LexiconIndex.PATH);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Dependency dependency = new Dependency(
                    path, root.resolve(LexiconIndex.DOCUMENTS), LexiconIndex.parse(Files.readAllBytes(file)));
            dependencies.add(dependency);
            dependency.index().nsids().forEach(nsid -> byNsid.putIfAbsent(nsid, dependency));
        } catch (LexDataException e) {
            throw new CodegenException(path + "!/" + LexiconIndex.PATH + ": " + e.getMessage());
        }
        return true;
    }

    /**
     * Adds a folder of documents, each at {@code com/example/thing.json}. Their classes have no package prefix.
     *
     * @param except the NSIDs to skip
     * @throws CodegenException if the folder can't be read
     */
    public void addDocuments(Path folder, Set<String> except) {
        List<String> nsids;
        try (Stream<Path> files = Files.walk(folder)) {
            nsids = files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length())
                            .replace('\\', '/')
                            .replace('/', '.'))
                    .filter(nsid -> Nsid.isValid(nsid) && !except.contains(nsid) && !has(nsid))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CodegenException("failed to read " + folder + ": " + e);
        }
        Dependency dependency = new Dependency(folder, folder, new LexiconIndex("", null, nsids));
        dependencies.add(dependency);
        nsids.forEach(nsid -> byNsid.put(nsid, dependency));
    }

    /** Returns whether a dependency has the document. */
    public boolean has(String nsid) {
        return byNsid.containsKey(nsid);
    }

    Set<String> nsids() {
        return byNsid.keySet();
    }

    /** Returns the package prefix of the document's dependency, or an empty string. */
    String packagePrefix(String nsid) {
        return dependency(nsid).index().packagePrefix();
    }

    /** Returns the document's location, for messages. */
    String origin(String nsid) {
        return dependency(nsid).origin(nsid);
    }

    /** Reads the document and adds its module to {@link #usedModules}. */
    LexiconDocument document(String nsid) {
        Dependency dependency = dependency(nsid);
        String module = dependency.index().module();
        if (module != null) {
            usedModules.add(module);
        }
        try {
            return LexiconFiles.parse(origin(nsid), Files.readAllBytes(dependency.document(nsid)));
        } catch (IOException e) {
            throw new CodegenException("failed to read " + origin(nsid) + ": " + e);
        }
    }

    private Dependency dependency(String nsid) {
        Dependency dependency = byNsid.get(nsid);
        if (dependency == null) {
            throw new IllegalStateException(nsid);
        }
        return dependency;
    }

    /** Returns the modules of the documents read so far. */
    public Set<String> usedModules() {
        return usedModules;
    }

    /** Adds the state of all dependencies. A jar is identified by its modification time and size. */
    void addTo(Fingerprint fingerprint) {
        for (Dependency dependency : dependencies) {
            fingerprint.add(dependency.path().toString());
            try {
                if (Files.isRegularFile(dependency.path())) {
                    fingerprint.add(Fingerprint.stamp(dependency.path()));
                    continue;
                }
                fingerprint.add(dependency.index().toJson());
                for (String nsid : dependency.index().nsids()) {
                    fingerprint.add(Files.readAllBytes(dependency.document(nsid)));
                }
            } catch (IOException e) {
                throw new CodegenException("failed to read " + dependency.path() + ": " + e);
            }
        }
    }

    @Override
    public void close() {
        for (FileSystem jar : open) {
            try {
                jar.close();
            } catch (IOException e) {
                // The jar is open for reading only, so no data is lost.
            }
        }
    }
}
