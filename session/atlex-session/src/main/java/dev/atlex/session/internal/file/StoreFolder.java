package dev.atlex.session.internal.file;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose files are its owner's alone and are replaced in one step. What it does not find, it was once certain of or
 * not: a folder that was there and is gone is no empty one.
 */
public final class StoreFolder {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Duration LEFT_OVER = Duration.ofHours(1);

    /** More than the greatest value takes when it is encrypted. */
    private static final int MOST_BYTES = 2 * Values.MOST_BYTES;

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final Path locks;
    private final Clock clock;
    private final PrivateFolder owner;
    private volatile boolean seen;
    private volatile boolean locksSeen;
    private volatile boolean folderIsForced;

    /** @param path made when the first file is written */
    public StoreFolder(Path path, Clock clock) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("not a folder of the system's own files: " + path);
        }
        this.path = path;
        this.locks = path.resolve(".locks");
        this.clock = clock;
        this.owner = new PrivateFolder(path);
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /**
     * Whether it is there.
     *
     * @throws SessionStoreException if it was and is no more, something else is in its place, or it is not this user's alone
     */
    public boolean exists() {
        // As it was before the look: others may be making the folder at this moment.
        boolean wasSeen = seen;
        boolean wereLocksSeen = locksSeen;
        try {
            owner.check(FileStatus.of(path));
            FileStatus inside = statusOrNull(locks);
            if (inside != null) {
                if (inside.type() != FileStatus.Type.FOLDER) {
                    throw new SessionStoreException(locks + " is " + inside.type() + ", not a folder: remove it", null);
                }
                owner.requirePrivate(locks, inside);
                locksSeen = true;
            } else if (wereLocksSeen) {
                // The empty folder that a disk was mounted on, say.
                throw new SessionStoreException(path + " is not the folder that it was: its .locks are gone", null);
            }
            seen = true;
            return true;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                throw new SessionStoreException(path + " is a link to nothing", null);
            }
        } catch (IOException e) {
            throw cannot("read", path, e);
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
     * What a file holds, or null if it is not there.
     *
     * @throws SessionStoreException if it can't be read, is not this user's alone or no file, or the folder is gone
     */
    public byte @Nullable [] read(Path file) {
        try {
            return readEntry(file);
        } catch (CorruptFileException e) {
            throw new SessionStoreException(file + ": " + e.getMessage(), null);
        }
    }

    /**
     * As {@link #read}, for a file that can be set aside.
     *
     * @throws CorruptFileException if it is nothing that a store writes: a link, a FIFO, or too long
     */
    public byte @Nullable [] readEntry(Path file) throws CorruptFileException {
        try {
            owner.check(FileStatus.of(path));
            FileStatus status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
            seen = true;
            if (status.type() == FileStatus.Type.FOLDER) {
                throw new SessionStoreException("can't read " + file + ": it is a directory, not a file", null);
            } else if (status.type() != FileStatus.Type.FILE) {
                throw new CorruptFileException("it is " + status.type() + ", not a file");
            }
            owner.requirePrivate(file, status);
            // Unlike a channel, a stream is not closed by an interrupt.
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = status.size() > MOST_BYTES ? null : content.readNBytes(MOST_BYTES + 1);
                if (bytes == null || bytes.length > MOST_BYTES) {
                    throw new CorruptFileException("it has more than " + MOST_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            exists();
            return null;
        } catch (IOException e) {
            throw cannot("read", file, e);
        }
    }

    private static SessionStoreException cannot(String what, Path file, IOException cause) {
        return new SessionStoreException("can't " + what + " " + file + ": " + PrivateFolder.reason(cause), cause);
    }

    /** Whether anything has that name. */
    public boolean has(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** When a file was changed; the beginning of time where that can't be said. */
    public Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /**
     * Waits for a lock, and makes the folder if it is not there.
     *
     * @return the lock, or null if it has not come
     */
    public StoreLocks.@Nullable Held lock(String name, Duration patience, boolean interruptible)
            throws InterruptedException {
        try {
            if (!exists() || !locksSeen) {
                create(locks);
                exists();
            }
            return StoreLocks.acquire(locks, name, patience, interruptible, this::checkLock);
        } catch (IOException e) {
            throw cannot("lock", locks.resolve(name), e);
        }
    }

    private void create(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        create(parent);
        try {
            Files.createDirectory(folder, attributes("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        force(parent);
    }

    /** Makes an empty lock file unless there is one, and refuses one that can't be this store's. */
    private void checkLock(Path file) throws IOException {
        FileStatus status = statusOrNull(file);
        if (status == null) {
            try {
                Files.createFile(file, attributes("rw-------"));
                return;
            } catch (FileAlreadyExistsException e) {
                // By another process, just now.
                status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
            }
        }
        if (status.type() != FileStatus.Type.FILE) {
            throw new SessionStoreException(
                    "can't lock " + file + ": it is " + status.type() + ", not a file; remove it", null);
        }
        owner.requirePrivate(file, status);
    }

    /**
     * Puts a file in the place of what is there, in one step, and on the disk. An interrupt does not stop it.
     *
     * @throws SessionStoreException if that fails; the old file is untouched then, or the message says that this is not
     *     certain
     */
    public void write(Path file, byte[] content) {
        Path next = path.resolve("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            try {
                Files.createFile(next, attributes("rw-------"));
                // It was not there before, and nobody else may write to the folder: it is still that file.
                try (RandomAccessFile open = new RandomAccessFile(next.toFile(), "rw")) {
                    open.write(content);
                    open.getFD().sync();
                }
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                deleteQuietly(next);
                throw cannot("save to", file, e);
            }
            force(path);
        } catch (IOException e) {
            throw new SessionStoreException("not certain that it is saved on the disk: " + file, e);
        }
    }

    /**
     * Deletes a file, if it is there.
     *
     * @throws SessionStoreException if it can't be deleted
     */
    public void delete(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                force(path);
            }
        } catch (IOException e) {
            throw cannot("delete", file, e);
        }
    }

    /**
     * Gives a damaged file another name.
     *
     * @return where it is now
     */
    public Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + WHEN.format(clock.instant()));
        Files.move(file, aside);
        // Not of a link: that would be of what it leads to.
        if (POSIX && Files.isRegularFile(aside, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-------"));
        }
        return aside;
    }

    /**
     * Shows each file, and deletes what crashes left of writes.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public void forEach(Consumer<Path> action) {
        if (!exists()) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            Iterator<Path> all = files.iterator();
            while (hasNext(all)) {
                Path file = all.next();
                if (FileNames.isTemporary(file.getFileName().toString())) {
                    removeLeftOver(file);
                } else {
                    action.accept(file);
                }
            }
        } catch (IOException e) {
            throw cannot("list", path, e);
        }
    }

    private boolean hasNext(Iterator<Path> files) throws IOException {
        try {
            return files.hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void removeLeftOver(Path file) {
        Instant modified = modified(file);
        if (modified.isAfter(Instant.EPOCH) && modified.isBefore(clock.instant().minus(LEFT_OVER))) {
            deleteQuietly(file);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is in nobody's way, and the next listing tries again.
        }
    }

    /** Brings a folder's names to the disk, where the system can do that. */
    private void force(Path folder) throws IOException {
        if (!POSIX) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    folderIsForced |= folder == path;
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                } catch (IOException e) {
                    // Some file systems can't do that with folders. One that could has lost something.
                    if (folderIsForced && folder == path) {
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
