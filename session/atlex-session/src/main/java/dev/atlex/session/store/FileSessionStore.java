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
 * Keeps sessions in a folder, one JSON file for each account, for all processes of a machine. On POSIX systems only the
 * owner can access the folder (mode 0700) and its files (0600).
 *
 * <p><b>Crashes.</b> A save writes a temporary file, flushes it to the disk, and renames it over the old file. A crash
 * leaves the old or the new session, never a mixture.
 *
 * <p><b>Leases</b> are locks of the operating system on files in the folder {@code .locks}. The system releases them as
 * soon as the holder dies. They last until they are closed or the process ends, even beyond their {@code ttl}. Lock
 * files are never deleted; don't delete them either. On network drives, leases are as reliable as the drive's locks.
 *
 * <p><b>Corrupt files</b> are quarantined: renamed to {@code ….damaged-} and the time. The call that finds one throws
 * and names the new file; from then on there is no such entry. A file that can't be decrypted stays in place.
 *
 * <p><b>A missing folder.</b> If the folder disappears while the store is in use, for example because a disk was
 * unmounted, it is not treated as empty: every call throws until it is back.
 *
 * <p><b>Other users.</b> On POSIX systems, the store uses nothing that another user may have prepared. The folder and
 * its files must belong to this user or root and must not be writable by others. Links to the folder are followed if
 * they belong to this user or root, or are in a folder that only its owner can write to. Links inside it are never
 * followed: a link, FIFO or device in place of an entry is quarantined unopened. The exception names the file and the
 * command that fixes it.
 */
public final class FileSessionStore implements SessionStore {
    private static final System.Logger LOG = System.getLogger(FileSessionStore.class.getName());

    /** A process holds the lock of an entry this long only if it was suspended while it saved. */
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(30);

    private final StoreFolder folder;
    private final EntryFiles files;
    private final boolean encrypted;
    private final KeyCheck keyCheck;
    private final Clock clock;

    /**
     * Creates a store of plain-text files.
     *
     * @param folder created when the first session is saved
     * @throws IllegalArgumentException if the path does not belong to the default file system
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
     * Creates a store of files encrypted with AES-256-GCM. The list of accounts and the times of their last saves
     * remain visible. Without the key, a file can't be modified, swapped with another, or forged. Replacing a file with
     * an older copy of itself is not detected.
     *
     * <p>Plain-text entries are refused, since anyone may have written them. If the folder is known to be fully
     * encrypted (it has the file {@code .encrypted}, which only a holder of the key can create), they are quarantined.
     * Otherwise they stay in place, and a call that needs one throws {@link SessionStoreException};
     * {@link #encryptPlainText} encrypts them.
     *
     * @param folder created when the first session is saved
     * @throws IllegalArgumentException if the path does not belong to the default file system
     */
    public static FileSessionStore encrypted(Path folder, StoreEncryptionKey key) {
        return new FileSessionStore(folder, key, Clock.systemUTC());
    }

    /** Returns the folder. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Encrypts the plain-text entries of the folder. Call this once, to turn a folder of plain-text sessions into an
     * encrypted one. It trusts everything that is in the folder at that moment, so don't call it at every start. In a
     * folder that is already encrypted, plain text is quarantined instead.
     *
     * <p>Stop or restart programs that use the folder without the key: their sessions keep working but can no longer be
     * saved.
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
     * Returns the plain-text entries, sorted by name. A store with a key refuses them.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> plainText() {
        return files.plainText().all();
    }

    /**
     * Returns the corrupt files that were quarantined, sorted by name. No store reads them: delete them once you don't
     * need them.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> quarantined() {
        return files.quarantined();
    }

    /**
     * {@inheritDoc}
     *
     * @throws SessionStoreException if the file can't be read or is corrupt; the message names the file and its
     *     quarantined copy, and shows nothing of its content
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
     * <p>A file that is corrupt or unreadable by itself is logged as a warning and skipped.
     *
     * @throws SessionStoreException if the folder can't be read; also if it is encrypted, and the store has no key, or
     *     one that decrypts none of its files
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
            // The caller that saved the lost value may save again: new tokens must not wait until a person has looked
            // at the
            // file.
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

    /** Runs an action under the lock of a file. Interrupts don't cancel it. */
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
