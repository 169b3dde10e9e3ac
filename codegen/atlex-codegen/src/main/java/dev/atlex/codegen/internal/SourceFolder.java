package dev.atlex.codegen.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.codegen.CodegenException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the generated sources. Unchanged files aren't touched, which keeps incremental compilers fast. Files
 * that are no longer generated are removed. A list of the generated files makes this safe in a folder with other
 * sources.
 */
public final class SourceFolder {
    /** Text that every generated file contains. Files without it are never overwritten. */
    public static final String MARKER = "Generated from";

    private static final String LIST = ".atlex-generated";
    private static final String FINGERPRINT = "# ";

    private final Path folder;
    private final Set<String> previousFiles;
    private final @Nullable String fingerprint;
    private final Set<String> files = new TreeSet<>();
    private int written;

    /**
     * Reads the list of files of the last run.
     *
     * @throws CodegenException if it can't be read
     */
    public SourceFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        Path list = folder.resolve(LIST);
        try {
            List<String> lines = Files.exists(list) ? Files.readAllLines(list, UTF_8) : List.of();
            boolean hasFingerprint = !lines.isEmpty() && lines.get(0).startsWith(FINGERPRINT);
            this.fingerprint = hasFingerprint ? lines.get(0).substring(FINGERPRINT.length()) : null;
            this.previousFiles = Set.copyOf(new HashSet<>(lines.subList(hasFingerprint ? 1 : 0, lines.size())));
        } catch (IOException e) {
            throw new CodegenException("failed to read " + list + ": " + e);
        }
    }

    /** Returns whether the last run had this fingerprint and its files haven't been removed or changed since. */
    public boolean isUpToDate(@Nullable String current) {
        if (current == null || !current.equals(fingerprint)) {
            return false;
        }
        try {
            FileTime finished = Files.getLastModifiedTime(folder.resolve(LIST));
            for (String path : previousFiles) {
                Path file = folder.resolve(path);
                if (!Files.exists(file) || Files.getLastModifiedTime(file).compareTo(finished) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the files of the last run, relative to the folder. */
    public Set<String> previousFiles() {
        return previousFiles;
    }

    /**
     * Writes a file unless it already has this content.
     *
     * @param path the path relative to the folder, with forward slashes
     * @throws CodegenException if this run already wrote the path, a file that wasn't generated exists there, or
     *     writing fails
     */
    public void write(String path, String content) {
        if (!files.add(path)) {
            throw new CodegenException("two documents generate the same file: " + path);
        }
        Path file = folder.resolve(path);
        try {
            if (put(file, content, previousFiles.contains(path))) {
                written++;
            }
        } catch (IOException e) {
            throw new CodegenException("failed to write " + file + ": " + e);
        }
    }

    /**
     * Removes the files of the last run that this run didn't write, and folders that become empty.
     *
     * @param current the fingerprint of this run; with null, the next run is never considered up to date
     * @throws CodegenException if a file can't be removed or the list can't be written
     */
    public void finish(@Nullable String current) {
        try {
            for (String path : previousFiles) {
                Path file = folder.resolve(path).normalize();
                if (!files.contains(path) && file.startsWith(folder) && Files.deleteIfExists(file)) {
                    written++;
                    removeEmptyFolders(file.getParent());
                }
            }
            String header = current == null ? "" : FINGERPRINT + current + "\n";
            put(folder.resolve(LIST), header + String.join("\n", files) + "\n", true);
            if (current != null) {
                // Even if the list is unchanged, it must be newer than the files in it: isUpToDate compares their
                // times.
                Files.setLastModifiedTime(folder.resolve(LIST), FileTime.from(Instant.now()));
            }
        } catch (IOException e) {
            throw new CodegenException("failed to remove outdated files from " + folder + ": " + e);
        }
    }

    private void removeEmptyFolders(@Nullable Path empty) throws IOException {
        try {
            for (Path at = empty; at != null && !at.equals(folder); at = at.getParent()) {
                Files.delete(at);
            }
        } catch (DirectoryNotEmptyException e) {
            // The folder contains other files, so it and its parents stay.
        }
    }

    /** Returns the number of files created, changed or removed so far. */
    public int written() {
        return written;
    }

    private static boolean put(Path file, String content, boolean isGenerated) throws IOException {
        if (Files.exists(file)) {
            String old = Files.readString(file, UTF_8);
            if (old.equals(content)) {
                return false;
            } else if (!isGenerated && !old.contains(MARKER)) {
                throw new CodegenException("not overwriting " + file + ": it was not generated");
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, UTF_8);
        return true;
    }
}
