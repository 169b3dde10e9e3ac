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
 * The folder of the generated sources. A file whose content stays the same is not touched, so that compilers see what
 * changed; a file that is no longer generated is removed, which a list of the files beside them makes safe in a folder
 * with other sources.
 */
public final class SourceFolder {
    /** What every generated file says of itself; a file without it was written by someone else. */
    public static final String MARK = "Generated from";

    private static final String LIST = ".atlex-generated";
    private static final String FINGERPRINT = "# ";

    private final Path folder;
    private final Set<String> before;
    private final @Nullable String fingerprint;
    private final Set<String> files = new TreeSet<>();
    private int written;

    /** @throws CodegenException if the folder can't be read */
    public SourceFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        Path list = folder.resolve(LIST);
        try {
            List<String> lines = Files.exists(list) ? Files.readAllLines(list, UTF_8) : List.of();
            boolean headed = !lines.isEmpty() && lines.get(0).startsWith(FINGERPRINT);
            this.fingerprint = headed ? lines.get(0).substring(FINGERPRINT.length()) : null;
            this.before = Set.copyOf(new HashSet<>(lines.subList(headed ? 1 : 0, lines.size())));
        } catch (IOException e) {
            throw new CodegenException("can't read " + list + ": " + e);
        }
    }

    /** Whether the last run had that fingerprint, and nobody removed or changed what it wrote since. */
    public boolean isUpToDate(@Nullable String current) {
        if (current == null || !current.equals(fingerprint)) {
            return false;
        }
        try {
            FileTime finished = Files.getLastModifiedTime(folder.resolve(LIST));
            for (String path : before) {
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

    /** The files of the last run, relative to the folder. */
    public Set<String> before() {
        return before;
    }

    /**
     * Writes a file, unless it is there with that content.
     *
     * @param path relative to the folder, with forward slashes
     * @throws CodegenException if it was written before, if there is a file that is not generated, or if writing fails
     */
    public void write(String path, String content) {
        if (!files.add(path)) {
            throw new CodegenException("two documents would both become " + path);
        }
        Path file = folder.resolve(path);
        try {
            if (put(file, content, before.contains(path))) {
                written++;
            }
        } catch (IOException e) {
            throw new CodegenException("can't write " + file + ": " + e);
        }
    }

    /**
     * Removes what earlier runs wrote and this one did not, with the folders that are empty then.
     *
     * @param current the fingerprint of this run, or null if it has none
     */
    public void finish(@Nullable String current) {
        try {
            for (String path : before) {
                Path file = folder.resolve(path).normalize();
                if (!files.contains(path) && file.startsWith(folder) && Files.deleteIfExists(file)) {
                    written++;
                    removeEmpty(file.getParent());
                }
            }
            String head = current == null ? "" : FINGERPRINT + current + "\n";
            put(folder.resolve(LIST), head + String.join("\n", files) + "\n", true);
            if (current != null) {
                // Also if the list is the same as before: later than all that it lists.
                Files.setLastModifiedTime(folder.resolve(LIST), FileTime.from(Instant.now()));
            }
        } catch (IOException e) {
            throw new CodegenException("can't tidy " + folder + ": " + e);
        }
    }

    private void removeEmpty(@Nullable Path empty) throws IOException {
        try {
            for (Path at = empty; at != null && !at.equals(folder); at = at.getParent()) {
                Files.delete(at);
            }
        } catch (DirectoryNotEmptyException e) {
            // Others are in it: it stays, and so do those above.
        }
    }

    /** How many files were written anew or removed. */
    public int written() {
        return written;
    }

    private static boolean put(Path file, String content, boolean ours) throws IOException {
        if (Files.exists(file)) {
            String old = Files.readString(file, UTF_8);
            if (old.equals(content)) {
                return false;
            } else if (!ours && !old.contains(MARK)) {
                throw new CodegenException(file + " is in the way: it was not generated, and is left as it is");
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, UTF_8);
        return true;
    }
}
