package dev.atlex.session.internal;

import dev.atlex.session.SessionStoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final Path locks;
    private final Clock clock;
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
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /**
     * Whether it is there.
     *
     * @throws SessionStoreException if it was and is no more, or something else is in its place
     */
    public boolean exists() {
        // As it was before the look: others may be making the folder at this moment.
        boolean wasSeen = seen;
        boolean wereLocksSeen = locksSeen;
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
                throw new SessionStoreException(path + " is no folder", null);
            }
            if (Files.isDirectory(locks)) {
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
            throw new SessionStoreException("can't read " + path, e);
        }
        if (wasSeen) {
            throw new SessionStoreException("the folder " + path + " is gone", null);
        }
        return false;
    }

    /**
     * What a file holds, or null if it is not there.
     *
     * @throws SessionStoreException if it can't be read, or the folder is gone
     */
    public byte @Nullable [] read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            seen = true;
            return content;
        } catch (NoSuchFileException e) {
            exists();
            return null;
        } catch (IOException e) {
            throw new SessionStoreException("can't read " + file, e);
        }
    }

    /** When a file was changed; the beginning of time where that can't be said. */
    public Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
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
            return StoreLocks.acquire(locks, name, patience, interruptible);
        } catch (IOException e) {
            throw new SessionStoreException("can't lock " + locks.resolve(name), e);
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

    /** Makes an empty file that is its owner's alone, unless there is one. */
    static void createIfAbsent(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, attributes("rw-------"));
            } catch (FileAlreadyExistsException e) {
                // By another process, just now.
            }
        }
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
                try (RandomAccessFile open = new RandomAccessFile(next.toFile(), "rw")) {
                    open.write(content);
                    open.getFD().sync();
                }
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                deleteQuietly(next);
                throw new SessionStoreException("can't save to " + file, e);
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
            throw new SessionStoreException("can't delete " + file, e);
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
        if (POSIX) {
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
            throw new SessionStoreException("can't list " + path, e);
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
