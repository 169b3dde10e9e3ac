package dev.atlex.session.internal.file;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder that only its owner can access, and whose files are replaced in one step.
 *
 * <p>A missing folder is empty until it has been seen once. If it disappears after that, a disk may have been
 * unmounted, so every operation throws.
 */
public final class StoreFolder {
    private static final Duration MAX_TEMPORARY_AGE = Duration.ofHours(1);

    /** The maximum size of a file, which is more than the longest value needs when it is encrypted. */
    private static final int MAX_FILE_BYTES = 2 * Values.MAX_BYTES;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final Path locks;
    private final Clock clock;
    private final PrivateFolder permissions;
    private final DurableFiles files;
    private volatile boolean seen;
    private volatile boolean locksSeen;

    /** @param path the path of the folder, which is created when the first file is written */
    public StoreFolder(Path path, Clock clock) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("expected a folder of the default file system (got \"" + path + "\")");
        }
        this.path = path;
        this.locks = path.resolve(".locks");
        this.clock = clock;
        this.permissions = new PrivateFolder(path);
        this.files = new DurableFiles(path);
    }

    /** Returns the folder's path. */
    public Path path() {
        return path;
    }

    /**
     * Returns whether the folder exists.
     *
     * @throws SessionStoreException if it has disappeared, isn't a folder, or is accessible to others
     */
    public boolean exists() {
        // The flag is read before the check, because another thread may be creating the folder right now.
        boolean wasSeen = seen;
        boolean wereLocksSeen = locksSeen;
        try {
            permissions.check(FileStatus.of(path));
            FileStatus inside = statusOrNull(locks);
            if (inside != null) {
                if (inside.type() != FileStatus.Type.FOLDER) {
                    throw new SessionStoreException(
                            locks + " is " + inside.type() + ", not a directory: remove it", null);
                }
                permissions.requirePrivate(locks, inside);
                locksSeen = true;
            } else if (wereLocksSeen) {
                // This may be the empty mount point of an unmounted disk.
                throw new SessionStoreException(path + " was replaced: its .locks folder is gone", null);
            }
            seen = true;
            return true;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                throw new SessionStoreException(path + " is a broken symbolic link", null);
            }
        } catch (IOException e) {
            throw failedTo("read", path, e);
        }
        if (wasSeen) {
            throw new SessionStoreException("the folder " + path + " is gone", null);
        }
        return false;
    }

    private static @Nullable FileStatus statusOrNull(Path file) throws IOException {
        try {
            return FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Returns a file's content, or null if it doesn't exist.
     *
     * @throws SessionStoreException if it can't be read, is accessible to others or isn't a file, or if the folder is
     *     gone
     */
    public byte @Nullable [] read(Path file) {
        try {
            return readEntry(file);
        } catch (CorruptFileException e) {
            throw new SessionStoreException("failed to read " + file + ": " + e.getMessage(), null);
        }
    }

    /**
     * Like {@link #read}, for a file that can be quarantined.
     *
     * @throws CorruptFileException if a store can't have written it, because it is a link or a FIFO, or is too long
     */
    public byte @Nullable [] readEntry(Path file) throws CorruptFileException {
        try {
            permissions.check(FileStatus.of(path));
            FileStatus status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
            seen = true;
            if (status.type() == FileStatus.Type.FOLDER) {
                throw new SessionStoreException("failed to read " + file + ": it is a directory, not a file", null);
            } else if (status.type() != FileStatus.Type.FILE) {
                throw new CorruptFileException("it is " + status.type() + ", not a file");
            }
            permissions.requirePrivate(file, status);
            // Unlike a channel, a stream isn't closed by an interrupt.
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = status.size() > MAX_FILE_BYTES ? null : content.readNBytes(MAX_FILE_BYTES + 1);
                if (bytes == null || bytes.length > MAX_FILE_BYTES) {
                    throw new CorruptFileException("it has more than " + MAX_FILE_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            exists();
            return null;
        } catch (IOException e) {
            throw failedTo("read", file, e);
        }
    }

    private static SessionStoreException failedTo(String operation, Path file, IOException cause) {
        return new SessionStoreException(
                "failed to " + operation + " " + file + ": " + PrivateFolder.reason(cause), cause);
    }

    /** Returns whether there is a file, folder or link with this name. */
    public boolean has(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the time at which a file was last modified, or {@link Instant#EPOCH} if that is unknown. */
    public Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /**
     * Waits for a lock. Creates the folder if it doesn't exist.
     *
     * @return the lock, or null if another thread or process held it for {@code maxWait}
     */
    public StoreLocks.@Nullable Held lock(String name, Duration maxWait, boolean interruptible)
            throws InterruptedException {
        try {
            if (!exists() || !locksSeen) {
                files.createFolder(locks);
                exists();
            }
            return StoreLocks.acquire(locks, name, maxWait, interruptible, this::prepareLock);
        } catch (IOException e) {
            throw failedTo("lock", locks.resolve(name), e);
        }
    }

    /** Creates a lock file if it doesn't exist, and refuses one that doesn't belong to this store. */
    private void prepareLock(Path file) throws IOException {
        FileStatus status = statusOrNull(file);
        if (status == null) {
            try {
                DurableFiles.create(file);
                return;
            } catch (FileAlreadyExistsException e) {
                // Another process has just created it.
                status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
            }
        }
        if (status.type() != FileStatus.Type.FILE) {
            throw new SessionStoreException(
                    "failed to lock " + file + ": it is " + status.type() + ", not a file; remove it", null);
        }
        permissions.requirePrivate(file, status);
    }

    /**
     * Replaces a file in one step, and flushes it to the disk. An interrupt doesn't cancel this.
     *
     * @throws SessionStoreException if writing failed; unless the message warns otherwise, the old file is unchanged
     */
    public void write(Path file, byte[] content) {
        try {
            files.write(file, content);
        } catch (DurableFiles.NotDurableException e) {
            throw new SessionStoreException(
                    "saved " + file + ", but failed to flush it: it may be lost in a crash", e.getCause());
        } catch (IOException e) {
            throw failedTo("save", file, e);
        }
    }

    /**
     * Deletes a file if it exists.
     *
     * @throws SessionStoreException if it can't be deleted
     */
    public void delete(Path file) {
        try {
            files.delete(file);
        } catch (IOException e) {
            throw failedTo("delete", file, e);
        }
    }

    /**
     * Renames a corrupt file, so that it is no longer an entry.
     *
     * @return its new path
     */
    public Path quarantine(Path file) throws IOException {
        Path target = FileNames.quarantined(file, TIMESTAMP.format(clock.instant()));
        DurableFiles.moveAway(file, target);
        return target;
    }

    /**
     * Passes each file to an action. Deletes temporary files that crashed processes left behind.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public void forEach(Consumer<Path> action) {
        if (!exists()) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            Iterator<Path> each = all.iterator();
            while (hasNext(each)) {
                Path file = each.next();
                if (FileNames.isTemporary(file.getFileName().toString())) {
                    deleteIfAbandoned(file);
                } else {
                    action.accept(file);
                }
            }
        } catch (IOException e) {
            throw failedTo("list", path, e);
        }
    }

    private static boolean hasNext(Iterator<Path> files) throws IOException {
        try {
            return files.hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void deleteIfAbandoned(Path file) {
        Instant modified = modified(file);
        if (modified.isAfter(Instant.EPOCH) && modified.isBefore(clock.instant().minus(MAX_TEMPORARY_AGE))) {
            DurableFiles.deleteQuietly(file);
        }
    }
}
