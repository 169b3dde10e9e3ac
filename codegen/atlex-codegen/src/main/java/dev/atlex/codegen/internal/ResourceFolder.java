package dev.atlex.codegen.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents and their index, as packaged into the jar. This class manages all files below
 * {@value LexiconIndex#DOCUMENTS}.
 */
public final class ResourceFolder {
    private final Path folder;

    /** Creates a view of the folder, which need not exist. */
    public ResourceFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Writes these documents and removes all others. Unchanged files aren't touched.
     *
     * @return the number of files created, changed or removed
     * @throws CodegenException if a file can't be written or removed
     */
    public int write(
            Collection<LexiconFiles.Source> documents, @Nullable String packagePrefix, @Nullable String module) {
        List<String> nsids =
                documents.stream().map(LexiconFiles.Source::nsid).sorted().toList();
        LexiconIndex index = new LexiconIndex(packagePrefix == null ? "" : packagePrefix, module, nsids);
        try {
            int changed = put(folder.resolve(LexiconIndex.PATH), index.toJson().getBytes(UTF_8));
            Set<Path> written = new HashSet<>();
            for (LexiconFiles.Source source : documents) {
                Path file = folder.resolve(LexiconIndex.path(source.nsid()));
                written.add(file);
                changed += put(file, compact(source.json()));
            }
            return changed + removeOthers(written);
        } catch (IOException e) {
            throw new CodegenException("failed to write to " + folder + ": " + e);
        }
    }

    /** Returns whether an earlier run wrote the index. */
    public boolean isWritten() {
        return Files.exists(folder.resolve(LexiconIndex.PATH));
    }

    private static byte[] compact(byte[] json) {
        return LexValue.parseJson(json, ReadOptions.STRICT).toJson().getBytes(UTF_8);
    }

    private static int put(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return 0;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return 1;
    }

    private int removeOthers(Set<Path> written) throws IOException {
        Path documents = folder.resolve(LexiconIndex.DOCUMENTS);
        if (!Files.isDirectory(documents)) {
            return 0;
        }
        List<Path> others;
        try (Stream<Path> all = Files.walk(documents)) {
            others = all.filter(file -> Files.isRegularFile(file) && !written.contains(file))
                    .toList();
        }
        for (Path other : others) {
            Files.delete(other);
        }
        return others.size();
    }
}
