package dev.atlex.session.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.AesGcmCipher.Use;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a store's key is the folder's key. This distinguishes a wrong key from a single file that can't be
 * decrypted. It also distinguishes plain text that may be older than the encryption from planted plain text.
 */
public final class KeyCheck {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.store.FileSessionStore");

    /** The file that holds the salt of a passphrase. */
    static final String SALT = ".salt";

    /**
     * The file that marks a folder in which every entry is encrypted. It is created with the first encrypted entry if
     * the folder has no other entries, and by an explicit migration. Only a holder of the key can create it. An
     * attacker gains nothing by deleting it: plain text is still refused, but left in place, because it may be older
     * than the encryption.
     */
    static final String MARKER = ".encrypted";

    private final StoreFolder folder;
    private final @Nullable AesGcmCipher cipher;
    private volatile boolean keyFits;
    private volatile boolean noEncryptedEntries;
    private volatile boolean marked;
    private volatile boolean mixed;

    /** @param cipher the cipher, or null if the store has no key */
    public KeyCheck(StoreFolder folder, @Nullable AesGcmCipher cipher) {
        this.folder = folder;
        this.cipher = cipher;
    }

    /**
     * Checks the key after a file couldn't be read. Returns if the cause is the file itself: it isn't encrypted, or
     * the key decrypts other files.
     *
     * @throws SessionStoreException if the store has no key, or a key that isn't this folder's
     */
    public void requireFor(Path file) {
        if (keyFits || !isEncrypted(file)) {
            return;
        }
        if (cipher == null) {
            throw noKey("");
        }
        requireKey(cipher.key(Use.DECRYPT));
    }

    private void requireKey(SecretKey key) {
        Predicate<Path> fits = each -> fits(key, each);
        if (!fits.test(folder.path().resolve(SALT)) && firstEntry(folder, fits) == null) {
            throw new SessionStoreException(
                    "wrong key: it decrypts none of the encrypted files in " + folder.path(), null);
        }
        keyFits = true;
    }

    /**
     * Checks the key after a plain-text file was refused. Returns if the folder is encrypted with the key and only some
     * of its files are plain text.
     *
     * @throws SessionStoreException if the folder has no encrypted entries (the given refusal), or the key decrypts
     *     none of them
     */
    public void requireEncrypted(SessionStoreException refusal) {
        if (cipher == null || keyFits) {
            return;
        }
        if (firstEntry(folder, this::isEncrypted) == null) {
            throw refusal;
        }
        requireKey(cipher.key(Use.DECRYPT));
    }

    /**
     * Returns whether every entry of the folder should be encrypted, so that plain text must have been planted by
     * someone without the key. If there is a key, the marker is verified; otherwise, it is trusted.
     */
    public boolean isMarked() {
        if (!marked && folder.has(marker())) {
            marked = cipher == null || isMarkedWith(cipher.key(Use.DECRYPT));
        }
        return marked;
    }

    private boolean isMarkedWith(SecretKey key) {
        try {
            LexMap members = members(folder, marker());
            return members != null && EncryptedMembers.isFolderMarker(key, members);
        } catch (SessionStoreException e) {
            // A file that can't be read counts as no marker.
            return false;
        }
    }

    private Path marker() {
        return folder.path().resolve(MARKER);
    }

    /**
     * Marks the folder as encrypted unless it has other entries. Called after an entry was encrypted and before it is
     * written.
     */
    public void mark() {
        if (cipher == null || mixed || isMarked()) {
            return;
        }
        try (StoreLocks.Held lock = folder.lock("salt.save", Duration.ofSeconds(30), false)) {
            if (lock == null) {
                return;
            }
            SecretKey key = cipher.key(Use.DECRYPT);
            mixed = firstEntry(folder, each -> !fits(key, each)) != null;
            if (!mixed) {
                folder.write(marker(), ("{\"v\":1," + EncryptedMembers.folderMarker(key) + "}\n").getBytes(UTF_8));
                marked = true;
            }
        } catch (SessionStoreException e) {
            // A missing marker must not keep a session from being saved.
            mixed = true;
            LOG.log(Level.WARNING, "failed to mark the folder as encrypted: {0}", e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks the folder after its plain-text entries were encrypted. */
    public void markAfterMigration() {
        mixed = false;
        mark();
    }

    /**
     * Checks that a new entry may be written.
     *
     * @throws SessionStoreException if the store has no key and the folder is encrypted
     */
    public void requireForNew() {
        if (cipher != null) {
            return;
        }
        boolean declared = isMarked() || folder.has(folder.path().resolve(SALT));
        // All files are read once per store. Checking for a salt costs the same whether it exists or not.
        if (declared || !noEncryptedEntries && firstEntry(folder, this::isEncrypted) != null) {
            throw noKey(": nothing is written as plain text");
        }
        noEncryptedEntries = true;
    }

    /** Returns the exception for a store without a key in an encrypted folder. */
    public SessionStoreException noKey(String consequence) {
        return new SessionStoreException(
                "the folder " + folder.path() + " is encrypted, and the store has no key" + consequence, null);
    }

    private boolean fits(SecretKey key, Path file) {
        try {
            LexMap members = members(folder, file);
            return members != null && EncryptedMembers.fits(key, members);
        } catch (CorruptFileException | SessionStoreException e) {
            return false;
        }
    }

    private boolean isEncrypted(Path file) {
        try {
            return isEncrypted(folder, file);
        } catch (SessionStoreException e) {
            return false;
        }
    }

    /**
     * Returns an encrypted entry of the folder, or null if there is none.
     *
     * @throws SessionStoreException if an entry can't be read
     */
    static @Nullable Path firstEncrypted(StoreFolder folder) {
        return firstEntry(folder, each -> isEncrypted(folder, each));
    }

    private static boolean isEncrypted(StoreFolder folder, Path file) {
        LexMap members = members(folder, file);
        return members != null && members.containsKey(EncryptedMembers.CIPHER);
    }

    private static @Nullable Path firstEntry(StoreFolder folder, Predicate<Path> condition) {
        AtomicReference<Path> found = new AtomicReference<>();
        folder.forEach(each -> {
            String name = each.getFileName().toString();
            if (FileNames.isEntry(name) && found.get() == null && condition.test(each)) {
                found.set(each);
            }
        });
        return found.get();
    }

    private static @Nullable LexMap members(StoreFolder folder, Path file) {
        byte[] content = folder.read(file);
        try {
            return content != null && LexValue.parseJson(content, ReadOptions.LENIENT) instanceof LexMap map
                    ? map
                    : null;
        } catch (LexException e) {
            return null;
        }
    }
}
