package dev.atlex.session.store;

import dev.atlex.data.LexMap;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.KeyCheck;
import dev.atlex.session.internal.file.CorruptFileException;
import dev.atlex.session.internal.file.EntryFileFormat;
import dev.atlex.session.internal.file.FileNames;
import dev.atlex.session.internal.file.PlainTextEntries;
import dev.atlex.session.internal.file.PlainTextException;
import dev.atlex.session.internal.file.StoreFolder;
import dev.atlex.session.internal.file.StoreLocks;
import dev.atlex.session.internal.persist.SessionRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a folder, one file of JSON an account, for all processes of a machine that use the folder. On POSIX systems
 * the folder is its owner's alone (mode 0700), and so are the files (0600). A file is written beside the old one, flushed
 * to the disk and put in its place in one step: a crash leaves the old or the new session, never half of one.
 *
 * <p>Leases are locks of the system on files in the folder {@code .locks}: they are free at once when their holder dies.
 * They last until they are closed or the process ends, whatever {@code atMost} says. Lock files stay where they are, and
 * must be left there. On network drives all this is as good as the drive's locks are.
 *
 * <p>A file that is damaged is given another name beside it, {@code ….damaged-} and the time, when it is found: what finds
 * it throws and says so, and from then on there is no such entry. A file that can't be decrypted is left as it is. In a
 * folder that is encrypted, a store without a key writes nothing that was not there as plain text. A folder
 * that was there once and is gone, since a disk was unmounted, say, is no empty one: all that is asked of it throws until it
 * is back.
 *
 * <p>On POSIX systems, what another user may have prepared is not used: folder and files have to belong to this user or
 * root, and nobody else may write to them; links to the folder are followed if they are this user's or root's, or in a
 * folder that only its owner writes to; links inside it are not. A link, FIFO or device in an entry's place is set aside
 * unopened. What is refused is named in the exception, with the command that fixes it.
 */
public final class FileSessionStore implements SessionStore {
    private static final System.Logger LOG = System.getLogger(FileSessionStore.class.getName());

    /** No process is at it for so long, unless it was stopped in the midst. */
    private static final Duration SAVE_PATIENCE = Duration.ofSeconds(30);

    /** Why plain text in an encrypted folder is set aside. */
    private static final String PLANTED = "it is plain text in an encrypted folder, so it was written without the key";

    private final StoreFolder folder;
    private final EntryFileFormat envelope;
    private final boolean encrypted;
    private final PlainTextEntries plainText;
    private final KeyCheck folderKey;
    private final Clock clock;

    /**
     * A store in a folder.
     *
     * @param folder made when it is first needed
     * @throws IllegalArgumentException if the path is not one of the default file system
     */
    public FileSessionStore(Path folder) {
        this(folder, null, Clock.systemUTC());
    }

    FileSessionStore(Path folder, @Nullable StoreEncryptionKey key, Clock clock) {
        StoreFolder files = new StoreFolder(folder, clock);
        this.folder = files;
        AesGcmCipher seal = key == null ? null : new AesGcmCipher(use -> key.in(files, use));
        this.folderKey = new KeyCheck(files, seal);
        this.envelope = new EntryFileFormat(seal, FileSessionStore::ofOldForm);
        this.encrypted = seal != null;
        this.plainText = new PlainTextEntries(
                files, seal == null ? envelope : new EntryFileFormat(null, FileSessionStore::ofOldForm));
        this.clock = clock;
    }

    /**
     * Opens a store in a folder whose files are encrypted with AES-256 in GCM. Which accounts there are, and when they were
     * saved, stays open to see. A file can't be changed, exchanged for another or made without the key. An older copy of a
     * file, put back by somebody who can write to the folder, can't be told from the newest one.
     *
     * <p>Entries that are plain text are refused, since anybody may have put them there. Where nothing but encrypted entries
     * belongs in the folder (the file {@code .encrypted}, which only the key makes, says so), they are set aside as damaged
     * files are. Where that is not certain, they stay where they are, and what needs them throws
     * {@link SessionStoreException}: {@link #encryptPlainText} takes them over.
     *
     * @param folder made when it is first needed
     * @throws IllegalArgumentException if the path is not one of the default file system
     */
    public static FileSessionStore encrypted(Path folder, StoreEncryptionKey key) {
        return new FileSessionStore(folder, key, Clock.systemUTC());
    }

    /** The folder. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Encrypts what the folder has as plain text, once, when a folder of plain-text sessions becomes an encrypted one. That
     * trusts everything that is in the folder at this moment; so it is nothing to do at each start. In a folder that is
     * encrypted already, plain text is set aside, not taken over.
     *
     * <p>Stop or restart programs that use the folder without the key: their sessions go on, but can no more be saved.
     *
     * @return how many entries were encrypted
     * @throws SessionStoreException if an entry can't be written or the folder can't be read; what was encrypted by then
     *     stays so, and the next call does the rest
     * @throws IllegalStateException if this store has no key
     */
    public int encryptPlainText() {
        if (!encrypted) {
            throw new IllegalStateException("a store without a key");
        }
        int count = 0;
        for (Path file : plainText()) {
            Entry entry = plainText.at(file);
            if (entry != null && exclusively(FileNames.of(entry.key()), lock -> encrypt(file))) {
                count++;
            }
        }
        folderKey.markAgain();
        return count;
    }

    /**
     * Returns the entries that are plain text, in the order of their names; this store refuses them if it has a key.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> plainText() {
        return plainText.all();
    }

    /** Under the lock of the file's key. It keeps its generation: what it is has not changed. */
    private boolean encrypt(Path file) {
        Entry entry = plainText.at(file);
        if (entry == null) {
            return false;
        }
        if (folderKey.isMarked()) {
            LOG.log(Level.WARNING, setAside(new Damage(file, PLANTED)).getMessage());
            return false;
        }
        Path now = file(FileNames.of(entry.key()));
        if (file.equals(now) || !folder.has(now)) {
            folder.write(now, envelope.write(entry));
        }
        if (!file.equals(now)) {
            folder.delete(file);
        }
        return true;
    }

    /** A file that does not hold what it should. */
    private static final class Damage extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Path file;

        /** What the file says where it is plain text that may be left from before the folder was encrypted; else null. */
        private final transient @Nullable Entry plain;

        Damage(Path file, @Nullable String reason) {
            this(file, reason, null);
        }

        Damage(Path file, @Nullable String reason, @Nullable Entry plain) {
            super(reason, null, false, false);
            this.file = file;
            this.plain = plain;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws SessionStoreException if the file can't be read or is damaged; the message names it, and where it was put, and
     *     shows nothing of its content
     */
    @Override
    public @Nullable Entry load(Key key) {
        try {
            return find(key);
        } catch (Damage e) {
            return exclusively(FileNames.of(key), lock -> findOrSetAside(key));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A file that is damaged, or that can't be read for another reason of its own, is left out with a warning in the log.
     *
     * @throws SessionStoreException if the folder can't be read: also if there are encrypted files and no key was given, or
     *     one that opens none of them, or a wrong passphrase
     */
    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        folder.forEach(file -> {
            if (FileNames.isEntry(kind, file.getFileName().toString())) {
                Entry entry = listed(file);
                if (entry != null) {
                    action.accept(entry);
                }
            }
        });
    }

    private @Nullable Entry listed(Path file) {
        try {
            try {
                return named(file);
            } catch (Damage e) {
                String name = file.getFileName().toString();
                return exclusively(name.substring(0, name.length() - FileNames.SUFFIX.length()), lock -> {
                    try {
                        return named(file);
                    } catch (Damage damaged) {
                        throw refused(damaged);
                    }
                });
            }
        } catch (SessionStoreException e) {
            folderKey.requireFor(file);
            if (encrypted && plainText.at(file) != null) {
                folderKey.requireEncrypted(e);
            }
            LOG.log(Level.WARNING, "left out of the list: {0}", e.getMessage());
            return null;
        }
    }

    /** What a file holds, if it is the one that counts for its key. */
    private @Nullable Entry named(Path file) throws Damage {
        Entry entry = read(file);
        if (entry == null) {
            return null;
        }
        String name = FileNames.of(entry.key());
        if (file.equals(file(name))) {
            return entry;
        }
        String old = FileNames.old(entry.key());
        if (old == null || !file.equals(file(old))) {
            throw new Damage(file, "it holds another account's session");
        }
        return folder.read(file(name)) == null ? entry : null;
    }

    /**
     * The files that were damaged and are set aside, in the order of their names. Nothing reads them; who needs nothing of
     * them deletes them.
     *
     * @throws SessionStoreException if the folder can't be read
     */
    public List<Path> quarantined() {
        List<Path> files = new ArrayList<>();
        folder.forEach(file -> {
            if (file.getFileName().toString().contains(FileNames.SUFFIX + ".damaged-")) {
                files.add(file);
            }
        });
        files.sort(null);
        return files;
    }

    @Override
    public @Nullable Entry save(Key key, long expected, String value) {
        return exclusively(FileNames.of(key), lock -> {
            long last = number(lock);
            long now;
            try {
                Entry found = find(key);
                now = found == null ? NONE : found.generation();
            } catch (Damage e) {
                // Whoever saved what is lost saves again: new tokens must not wait until a person has looked at the
                // file.
                boolean ours = expected != NONE && expected == last;
                if (e.plain != null && e.plain.generation() == expected) {
                    now = expected;
                } else {
                    SessionStoreException aside = e.plain == null || ours ? setAside(e) : refused(e);
                    if (!ours || folder.has(e.file)) {
                        throw aside;
                    }
                    LOG.log(Level.WARNING, aside.getMessage());
                    now = last;
                }
            }
            if (now != expected) {
                return null;
            }
            if (now == NONE) {
                folderKey.requireForNew();
            }
            Instant savedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Entry next = new Entry(key, Math.max(micros(), Math.max(now, last) + 1), value, savedAt);
            byte[] content = envelope.write(next);
            folderKey.mark();
            number(lock, next.generation());
            Path file = file(FileNames.of(key));
            folder.write(file, content);
            deleteOld(key);
            return next;
        });
    }

    @Override
    public boolean delete(Key key, long expected) {
        if (load(key) == null) {
            return true;
        }
        return exclusively(FileNames.of(key), lock -> {
            Entry found = findOrSetAside(key);
            if (found == null) {
                return true;
            }
            long now = found.generation();
            if (now != expected) {
                return false;
            }
            if (number(lock) < now) {
                number(lock, now);
            }
            force(lock);
            // The old one first, or a crash would bring it back.
            deleteOld(key);
            folder.delete(file(FileNames.of(key)));
            return true;
        });
    }

    @Override
    public @Nullable Lease acquireLease(Key key, Duration atMost, Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        StoreLocks.Held held = folder.lock(FileNames.of(key) + ".lease", patience, true);
        return held == null ? null : held::close;
    }

    /** The file of a key, of its name now or before; null if there is none. */
    private @Nullable Entry find(Key key) throws Damage {
        Path file = file(FileNames.of(key));
        Entry entry = readOf(key, file);
        String old = FileNames.old(key);
        if (entry == null && old != null) {
            Entry before = readOld(key, file(old));
            // Another process may have given it its new name in between.
            entry = readOf(key, file);
            if (entry == null) {
                return before;
            }
        }
        return entry;
    }

    private @Nullable Entry readOf(Key key, Path file) throws Damage {
        Entry entry = read(file);
        if (entry != null && !entry.key().equals(key)) {
            throw new Damage(file, "it holds another account's session");
        }
        return entry;
    }

    /** The entry of a key in a file of its name before; null if it has none, or one that is another key's. */
    private @Nullable Entry readOld(Key key, Path file) throws Damage {
        Entry entry = read(file);
        return entry != null && entry.key().equals(key) ? entry : null;
    }

    /** Deletes what there may be under the key's name before. */
    private void deleteOld(Key key) {
        String old = FileNames.old(key);
        try {
            if (old != null && readOld(key, file(old)) != null) {
                folder.delete(file(old));
            }
        } catch (Damage e) {
            if (e.plain != null && e.plain.key().equals(key)) {
                folder.delete(e.file);
            } else {
                LOG.log(Level.WARNING, setAside(e).getMessage());
            }
        }
    }

    private @Nullable Entry read(Path file) throws Damage {
        try {
            byte[] content = folder.readEntry(file);
            Entry entry = content == null ? null : envelope.read(file, content, folder.modified(file));
            if (entry != null && !encrypted && folderKey.isMarked()) {
                throw folderKey.noKey("; " + file + " is plain text all the same, and is not used");
            }
            return entry;
        } catch (CorruptFileException e) {
            throw new Damage(file, e.getMessage());
        } catch (PlainTextException e) {
            throw folderKey.isMarked()
                    ? new Damage(file, PLANTED)
                    : new Damage(file, String.valueOf(e.getMessage()), e.entry());
        }
    }

    /** Under the key's lock. */
    private @Nullable Entry findOrSetAside(Key key) {
        try {
            return find(key);
        } catch (Damage e) {
            throw refused(e);
        }
    }

    /** Sets a file aside, unless a person has to say what it is. */
    private SessionStoreException refused(Damage damage) {
        return damage.plain == null
                ? setAside(damage)
                : new SessionStoreException(
                        damage.file
                                + " is plain text, and this store has a key, so it is not used: if the folder was not"
                                + " encrypted before, encryptPlainText() (atlex sessions --encrypt) takes it over;"
                                + " if it was, somebody else wrote the file: delete it",
                        null);
    }

    private SessionStoreException setAside(Damage damage) {
        String message = damage.file + " is damaged: " + damage.getMessage();
        try {
            return new SessionStoreException(message + "; it is kept as " + folder.setAside(damage.file), null);
        } catch (IOException e) {
            return new SessionStoreException(message + "; it can't be set aside", e);
        }
    }

    /** What this class wrote before there were generations. */
    private static Entry ofOldForm(LexMap map, Instant modified) {
        SessionData data = SessionData.of(map);
        return new Entry(Key.session(data.did()), 1, new SessionRecord(data, List.of()).toJson(), modified);
    }

    private Path file(String name) {
        return folder.path().resolve(name + FileNames.SUFFIX);
    }

    /** Does something under the short lock of a file, whatever interrupts. */
    private <T extends @Nullable Object> T exclusively(String name, Function<StoreLocks.Held, T> action) {
        boolean interrupted = Thread.interrupted();
        try (StoreLocks.Held lock = folder.lock(name + ".save", SAVE_PATIENCE, false)) {
            if (lock == null) {
                throw new SessionStoreException(file(name) + " is locked by another process", null);
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

    private long number(StoreLocks.Held lock) {
        try {
            return lock.number();
        } catch (IOException e) {
            throw new SessionStoreException("can't read a lock of " + folder.path(), e);
        }
    }

    private void number(StoreLocks.Held lock, long number) {
        try {
            lock.number(number);
        } catch (IOException e) {
            throw new SessionStoreException("can't write a lock of " + folder.path(), e);
        }
    }

    private void force(StoreLocks.Held lock) {
        try {
            lock.force();
        } catch (IOException e) {
            throw new SessionStoreException("can't write a lock of " + folder.path(), e);
        }
    }
}
