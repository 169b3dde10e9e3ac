package dev.atlex.session.store;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.file.CorruptEntryException;
import dev.atlex.session.internal.file.EntryFiles;
import dev.atlex.session.internal.file.FileNames;
import dev.atlex.session.internal.file.KeyCheck;
import dev.atlex.session.internal.file.StoreFolder;
import dev.atlex.session.internal.file.StoreLocks;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions and other entries in a folder, as one JSON file per entry. All processes on a machine can share it.
 * On POSIX systems, only the owner can access the folder (mode 0700) and its files (0600).
 *
 * <p><b>Crashes.</b> To save an entry, the store writes a temporary file, flushes it to disk and renames it over the
 * old file. After a crash, the file holds either the old or the new entry.
 *
 * <p><b>Leases.</b> A lease is an operating-system lock on a file in the {@code .locks} folder. It lasts until it is
 * closed or the process ends, even beyond its {@code ttl}. If the process is killed, the operating system releases the
 * lease. The store never deletes lock files, and you shouldn't either. On a network drive, leases are only as reliable
 * as the drive's locks.
 *
 * <p><b>Corrupt files.</b> The store quarantines a corrupt file: it appends {@code .damaged-} and the time to its name.
 * A call that needs the file throws an exception that shows the new name. After that, the entry no longer exists. A
 * file that can't be decrypted stays in place.
 *
 * <p><b>A missing folder.</b> If the folder disappears while the store is in use, for example because a disk was
 * unmounted, the store doesn't treat it as empty: every call throws until the folder is back.
 *
 * <p><b>Other users.</b> On POSIX systems, the store never trusts files that another user may have planted. The folder
 * and its files must belong to the current user or root and must not be writable by others. Otherwise, an exception
 * gives the file and the command that fixes the problem. Symbolic links to the folder are followed if they belong to
 * the current user or root, or are in a folder that only its owner can write to. Links inside the folder are never
 * followed. A link, FIFO or device in place of an entry is quarantined without being opened.
 */
public final class FileSessionStore implements SessionStore {
    private static final System.Logger LOG = System.getLogger(FileSessionStore.class.getName());

    /** The longest wait for an entry's lock. A process holds it longer only if it was suspended during a save. */
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(30);

    private final StoreFolder folder;
    private final EntryFiles files;
    private final boolean encrypted;
    private final KeyCheck keyCheck;
    private final Clock clock;

    /**
     * Creates a store of plain-text files.
     *
     * @param folder the folder; it is created when the first session is saved
     * @throws IllegalArgumentException if the path doesn't belong to the default file system
     */
    public FileSessionStore(Path folder) {
        this(folder, null, Clock.systemUTC());
    }

    FileSessionStore(Path folder, @Nullable StoreEncryptionKey key, Clock clock) {
        StoreFolder storeFolder = new StoreFolder(folder, clock);
        AesGcmCipher cipher = key == null ? null : new AesGcmCipher(use -> key.key(storeFolder, use));
        this.folder = storeFolder;
        this.encrypted = cipher != null;
        this.keyCheck = new KeyCheck(storeFolder, cipher);
        this.files = new EntryFiles(storeFolder, cipher, keyCheck);
        this.clock = clock;
    }

    /**
     * Creates a store of files encrypted with AES-256-GCM. Account names and the time of each file's last save remain
     * visible. Without the key, a file can't be modified, forged or swapped with another. Replacing a file with an
     * older copy of itself isn't detected.
     *
     * <p>The store rejects plain-text entries, because anyone may have written them. If the folder is known to be fully
     * encrypted (it has a {@code .encrypted} file, which only a holder of the key can create), they are quarantined.
     * Otherwise they stay in place, and a call that needs one throws a {@link SessionStoreException}. To encrypt them,
     * call {@link #encryptPlainText}.
     *
     * @param folder the folder; it is created when the first session is saved
     * @throws IllegalArgumentException if the path doesn't belong to the default file system
     */
    public static FileSessionStore encrypted(Path folder, StoreEncryptionKey key) {
        return new FileSessionStore(folder, key, Clock.systemUTC());
    }

    /** Returns the folder. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Encrypts the folder's plain-text entries. Call this method once, to convert a plain-text folder to an encrypted
     * one. It trusts every entry in the folder, so don't call it each time your program starts. In a folder that is
     * already encrypted, plain-text entries are quarantined instead.
     *
     * <p>Stop programs that use the folder without the key, and restart them with the key. Until then, their sessions
     * keep working but can't be saved.
     *
     * @return the number of entries that were encrypted
     * @throws SessionStoreException if an entry can't be written or the folder can't be read; entries encrypted so far
     *     stay encrypted, and the next call continues
     * @throws IllegalStateException if this store has no key
     */
    public int encryptPlainText() {
        if (!encrypted) {
            throw new IllegalStateException(
                    "encryptPlainText: this store has no key; create it with encrypted(folder, key)");
        }
        int count = 0;
        for (Path file : plainText()) {
            Entry entry = files.plainText().at(file);
            if (entry != null && withLock(FileNames.of(entry.key()), lock -> files.encrypt(file))) {
                count++;
            }
        }
        keyCheck.markAfterMigration();
        return count;
    }

    /**
     * Returns the files of plain-text entries, sorted by name. A store with a key rejects them.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> plainText() {
        return files.plainText().all();
    }

    /**
     * Returns the quarantined files, sorted by name. Stores ignore them; delete them once you no longer need them.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> quarantined() {
        return files.quarantined();
    }

    /**
     * {@inheritDoc}
     *
     * @throws SessionStoreException if the file can't be read or is corrupt; the message gives the paths of the
     *     file and its quarantined copy, but doesn't show any content
     */
    @Override
    public @Nullable Entry load(Key key) {
        try {
            return files.find(key);
        } catch (CorruptEntryException e) {
            return withLock(FileNames.of(key), lock -> files.findOrQuarantine(key));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A corrupt or unreadable file is skipped, and a warning is logged.
     *
     * @throws SessionStoreException if the folder can't be read, or if it is encrypted and the store has no key or the
     *     wrong one
     */
    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        folder.forEach(file -> {
            if (FileNames.isEntry(kind, file.getFileName().toString())) {
                Entry entry = readListed(file);
                if (entry != null) {
                    action.accept(entry);
                }
            }
        });
    }

    private @Nullable Entry readListed(Path file) {
        try {
            try {
                return files.current(file);
            } catch (CorruptEntryException e) {
                String name = file.getFileName().toString();
                return withLock(name.substring(0, name.length() - FileNames.SUFFIX.length()), lock -> {
                    try {
                        return files.current(file);
                    } catch (CorruptEntryException corrupt) {
                        throw files.refuse(corrupt);
                    }
                });
            }
        } catch (SessionStoreException e) {
            keyCheck.requireFor(file);
            if (encrypted && files.plainText().at(file) != null) {
                keyCheck.requireEncrypted(e);
            }
            LOG.log(Level.WARNING, "skipped an unreadable entry: {0}", e.getMessage());
            return null;
        }
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        return withLock(FileNames.of(key), lock -> {
            long last = lock.number();
            long now = generation(key, expected, last);
            if (now != expected) {
                return null;
            }
            if (now == NONE) {
                keyCheck.requireForNew();
            }
            Instant savedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Entry next = new Entry(key, Math.max(micros(), Math.max(now, last) + 1), value, savedAt);
            byte[] content = files.encode(next);
            keyCheck.mark();
            lock.number(next.generation());
            folder.write(files.file(key), content);
            files.deleteOld(key);
            return next;
        });
    }

    /**
     * Returns the stored generation of a key, under its lock.
     *
     * @param last the generation that was saved last
     */
    private long generation(Key key, long expected, long last) {
        try {
            Entry found = files.find(key);
            return found == null ? NONE : found.generation();
        } catch (CorruptEntryException e) {
            Entry plain = e.plainText();
            if (plain != null && plain.generation() == expected) {
                return expected;
            }
            // The caller that saved the lost value may save again. Otherwise, new tokens would stay unsaved until
            // someone fixes the file.
            boolean ours = expected != NONE && expected == last;
            SessionStoreException failure = plain == null || ours ? files.quarantine(e) : files.refuse(e);
            if (!ours || folder.has(e.file())) {
                throw failure;
            }
            LOG.log(Level.WARNING, failure.getMessage());
            return last;
        }
    }

    @Override
    public boolean delete(Key key, long expected) {
        if (load(key) == null) {
            return true;
        }
        return withLock(FileNames.of(key), lock -> {
            Entry found = files.findOrQuarantine(key);
            if (found == null) {
                return true;
            }
            long now = found.generation();
            if (now != expected) {
                return false;
            }
            if (lock.number() < now) {
                lock.number(now);
            }
            lock.force();
            files.delete(key);
            return true;
        });
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        StoreLocks.Held held = folder.lock(FileNames.of(key) + ".lease", maxWait, true);
        return held == null ? null : held::close;
    }

    /** Runs an action while holding the lock of a file. An interrupt doesn't cancel it. */
    private <T extends @Nullable Object> T withLock(String name, Function<StoreLocks.Held, T> action) {
        boolean interrupted = Thread.interrupted();
        try (StoreLocks.Held lock = folder.lock(name + ".save", MAX_LOCK_WAIT, false)) {
            if (lock == null) {
                throw new SessionStoreException(
                        "failed to lock " + files.file(name) + " within " + MAX_LOCK_WAIT.toSeconds()
                                + " s: it is locked by another process",
                        null);
            }
            return action.apply(lock);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    @Override
    public String toString() {
        return "FileSessionStore[" + folder.path() + (encrypted ? ", encrypted" : "") + "]";
    }
}
