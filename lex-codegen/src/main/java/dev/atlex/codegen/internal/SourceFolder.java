package dev.atlex.codegen.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.codegen.CodegenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder of the generated sources. A file whose content stays the same is not touched, so that compilers see what
 * changed; a file that is no longer generated is removed, which a list of the files beside them makes safe in a folder
 * with other sources.
 */
public final class SourceFolder {
    private static final String LIST = ".atlex-generated";

    private final Path folder;
    private final Set<String> files = new TreeSet<>();
    private int written;

    public SourceFolder(Path folder) {
        this.folder = folder;
    }

    /** @param path relative to the folder, with forward slashes */
    public void write(String path, String content) {
        if (!files.add(path)) {
            throw new CodegenException("two documents would both become " + path);
        }
        try {
            if (put(folder.resolve(path), content)) {
                written++;
            }
        } catch (IOException e) {
            throw new CodegenException("can't write " + folder.resolve(path) + ": " + e);
        }
    }

    /** Removes what earlier runs wrote and this one did not. */
    public void finish() {
        try {
            Path list = folder.resolve(LIST);
            if (Files.exists(list)) {
                Set<String> gone = new HashSet<>(Files.readAllLines(list, UTF_8));
                gone.removeAll(files);
                for (String path : gone) {
                    Files.deleteIfExists(folder.resolve(path));
                    written++;
                }
            }
            put(list, String.join("\n", files) + "\n");
        } catch (IOException e) {
            throw new CodegenException("can't tidy " + folder + ": " + e);
        }
    }

    /** How many files were written anew or removed. */
    public int written() {
        return written;
    }

    public List<String> files() {
        return List.copyOf(files);
    }

    private static boolean put(Path file, String content) throws IOException {
        if (Files.exists(file) && Files.readString(file, UTF_8).equals(content)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, UTF_8);
        return true;
    }
}
