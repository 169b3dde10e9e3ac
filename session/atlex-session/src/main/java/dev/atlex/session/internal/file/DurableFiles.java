package dev.atlex.session.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Creates, replaces and deletes files in one folder. Each change survives a crash, and only the owner can access the
 * files. An interrupt doesn't cancel an operation; the thread's interrupt status is kept.
 */
public final class DurableFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    /** Whether the folder has been flushed before. If so, a failure to flush it means that a change may be lost. */
    private volatile boolean canFlush;

    /**
     * Creates the writer for a folder.
     *
     * @param folder the folder, which may not exist yet
     */
    public DurableFiles(Path folder) {
        this.folder = folder;
    }

    /** Thrown when a file was replaced but may not be on the disk yet. */
    public static final class NotDurableException extends IOException {
        private static final long serialVersionUID = 1L;

        NotDurableException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Replaces a file in one step, and flushes it to the disk.
     *
     * @throws NotDurableException if the file was replaced, but the folder couldn't be flushed
     * @throws IOException if writing failed and the file is unchanged
     */
    public void write(Path file, byte[] content) throws IOException {
        Path next = folder.resolve("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            Files.createFile(next, attributes("rw-------"));
            // The file didn't exist before, and only the owner can write to the folder, so this opens the same file.
            try (RandomAccessFile open = new RandomAccessFile(next.toFile(), "rw")) {
                open.write(content);
                open.getFD().sync();
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(next);
            throw e;
        }
        try {
            flush(folder);
        } catch (IOException e) {
            throw new NotDurableException(e);
        }
    }

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            flush(folder);
        }
    }

    /** Deletes a temporary file if possible. If not, it does no harm, and the next listing tries again. */
    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }

    /** Creates an empty file. */
    static void create(Path file) throws IOException {
        Files.createFile(file, attributes("rw-------"));
    }

    /** Creates a folder and its parents if they don't exist. */
    public void createFolder(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || parent == null) {
            return;
        }
        createFolder(parent);
        try {
            Files.createDirectory(path, attributes("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
        flush(parent);
    }

    /** Renames a file, and makes it private. */
    static void moveAway(Path file, Path target) throws IOException {
        Files.move(file, target);
        // This isn't done for a link, because it would change the file that the link points to.
        if (POSIX && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Flushes a folder's list of names to the disk, if the system can do that. */
    private void flush(Path path) throws IOException {
        if (!POSIX) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    channel.force(true);
                    canFlush |= path == folder;
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                } catch (IOException e) {
                    // Some file systems can't flush folders. If this one could before, a name may be lost.
                    if (canFlush && path == folder) {
                        throw e;
                    }
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
