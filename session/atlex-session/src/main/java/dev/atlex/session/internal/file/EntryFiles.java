package dev.atlex.session.internal.file;

import dev.atlex.data.LexMap;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds, reads, writes and quarantines the files of a folder's entries. Callers must hold the key's lock for everything
 * except reading.
 *
 * <p>An entry may still have the name that an earlier version gave it. Such a file is read, and replaced by the next
 * save.
 */
public final class EntryFiles {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.store.FileSessionStore");

    private static final String NOT_ENCRYPTED =
            "it is plain text in an encrypted folder, so its writer did not have the key";
    private static final String OTHER_KEY = "it contains the entry of another key";

    private final StoreFolder folder;
    private final EntryFileFormat format;
    private final boolean encrypted;
    private final KeyCheck keyCheck;
    private final PlainTextEntries plainText;

    /** @param cipher the cipher, or null if entries are plain text */
    public EntryFiles(StoreFolder folder, @Nullable AesGcmCipher cipher, KeyCheck keyCheck) {
        this.folder = folder;
        this.format = new EntryFileFormat(cipher, EntryFiles::readLegacy);
        this.encrypted = cipher != null;
        this.keyCheck = keyCheck;
        this.plainText = new PlainTextEntries(
                folder, cipher == null ? format : new EntryFileFormat(null, EntryFiles::readLegacy));
    }

    /** Reads a file that was written before entries had generations. */
    private static Entry readLegacy(LexMap map, Instant modified) {
        SessionData data = SessionData.of(map);
        return new Entry(Key.session(data.did()), 1, new SessionRecord(data, List.of()).toJson(), modified);
    }

    /** Returns the entries that are plain text. */
    public PlainTextEntries plainText() {
        return plainText;
    }

    /** Returns the file that a key's entry is written to. */
    public Path file(Key key) {
        return file(FileNames.of(key));
    }

    /** Returns the file with the given name, which lacks the suffix. */
    public Path file(String name) {
        return folder.path().resolve(name + FileNames.SUFFIX);
    }

    /** Returns a key's entry, or null if there is none. */
    public @Nullable Entry find(Key key) throws CorruptEntryException {
        Path file = file(key);
        Entry entry = readOf(key, file);
        String old = FileNames.old(key);
        if (entry == null && old != null) {
            Entry before = readOld(key, file(old));
            // Another process may have renamed the file in between.
            entry = readOf(key, file);
            if (entry == null) {
                return before;
            }
        }
        return entry;
    }

    /**
     * Returns a key's entry, or null if there is none. Quarantines a corrupt file.
     *
     * @throws SessionStoreException if the file is corrupt or is refused
     */
    public @Nullable Entry findOrQuarantine(Key key) {
        try {
            return find(key);
        } catch (CorruptEntryException e) {
            throw refuse(e);
        }
    }

    /** Returns the entry of a file, or null if the file is gone, or superseded by one with the key's current name. */
    public @Nullable Entry current(Path file) throws CorruptEntryException {
        Entry entry = read(file);
        if (entry == null) {
            return null;
        }
        if (file.equals(file(entry.key()))) {
            return entry;
        }
        String old = FileNames.old(entry.key());
        if (old == null || !file.equals(file(old))) {
            throw new CorruptEntryException(file, OTHER_KEY, null);
        }
        return folder.read(file(entry.key())) == null ? entry : null;
    }

    private @Nullable Entry readOf(Key key, Path file) throws CorruptEntryException {
        Entry entry = read(file);
        if (entry != null && !entry.key().equals(key)) {
            throw new CorruptEntryException(file, OTHER_KEY, null);
        }
        return entry;
    }

    /**
     * Returns the entry in a file with the key's old name. Returns null if the file belongs to a different key, because
     * keys may share an old name.
     */
    private @Nullable Entry readOld(Key key, Path file) throws CorruptEntryException {
        Entry entry = read(file);
        return entry != null && entry.key().equals(key) ? entry : null;
    }

    private @Nullable Entry read(Path file) throws CorruptEntryException {
        try {
            byte[] content = folder.readEntry(file);
            Entry entry = content == null ? null : format.read(file, content, folder.modified(file));
            if (entry != null && !encrypted && keyCheck.isMarked()) {
                throw keyCheck.noKey("; " + file + " is plain text, so it is not used");
            }
            return entry;
        } catch (CorruptFileException e) {
            throw new CorruptEntryException(file, e.getMessage(), null);
        } catch (PlainTextException e) {
            throw keyCheck.isMarked()
                    ? new CorruptEntryException(file, NOT_ENCRYPTED, null)
                    : new CorruptEntryException(file, e.getMessage(), e.entry());
        }
    }

    /** Returns the content of an entry's file. */
    public byte[] encode(Entry entry) {
        return format.write(entry);
    }

    /** Deletes a key's entry. */
    public void delete(Key key) {
        // The old file is deleted first. Otherwise, a crash in between could bring the entry back.
        deleteOld(key);
        folder.delete(file(key));
    }

    /** Deletes the file with a key's old name, if there is one. */
    public void deleteOld(Key key) {
        String old = FileNames.old(key);
        try {
            if (old != null && readOld(key, file(old)) != null) {
                folder.delete(file(old));
            }
        } catch (CorruptEntryException e) {
            Entry plain = e.plainText();
            if (plain != null && plain.key().equals(key)) {
                folder.delete(e.file());
            } else {
                LOG.log(Level.WARNING, quarantine(e).getMessage());
            }
        }
    }

    /**
     * Encrypts the plain-text entry of a file under the lock of its key. The entry keeps its generation, because its
     * value doesn't change. In a folder that is marked as encrypted, the file is quarantined instead.
     *
     * @return whether the entry was encrypted
     */
    public boolean encrypt(Path file) {
        Entry entry = plainText.at(file);
        if (entry == null) {
            return false;
        }
        if (keyCheck.isMarked()) {
            LOG.log(
                    Level.WARNING,
                    quarantine(new CorruptEntryException(file, NOT_ENCRYPTED, null))
                            .getMessage());
            return false;
        }
        Path current = file(entry.key());
        if (file.equals(current) || !folder.has(current)) {
            folder.write(current, format.write(entry));
        }
        if (!file.equals(current)) {
            folder.delete(file);
        }
        return true;
    }

    /**
     * Quarantines a corrupt file, or leaves it in place if the user has to decide what to do. Returns the exception to
     * throw.
     */
    public SessionStoreException refuse(CorruptEntryException corrupt) {
        return corrupt.plainText() == null
                ? quarantine(corrupt)
                : new CorruptStoreEntryException(
                        "refused " + corrupt.file()
                                + ": it is plain text, and the store has a key. If the folder was not"
                                + " encrypted before, encryptPlainText() (atlex sessions --encrypt) encrypts it."
                                + " Otherwise it was written without the key: delete it",
                        null);
    }

    /** Renames a corrupt file. Returns the exception to throw or log. */
    public SessionStoreException quarantine(CorruptEntryException corrupt) {
        String message = corrupt.file() + " is corrupt: " + corrupt.getMessage();
        try {
            return new CorruptStoreEntryException(message + "; moved to " + folder.quarantine(corrupt.file()), null);
        } catch (IOException e) {
            return new CorruptStoreEntryException(message + "; failed to move it away: " + PrivateFolder.reason(e), e);
        }
    }

    /** Returns the quarantined files, sorted by name. */
    public List<Path> quarantined() {
        List<Path> files = new ArrayList<>();
        folder.forEach(file -> {
            if (FileNames.isQuarantined(file.getFileName().toString())) {
                files.add(file);
            }
        });
        files.sort(null);
        return files;
    }
}
