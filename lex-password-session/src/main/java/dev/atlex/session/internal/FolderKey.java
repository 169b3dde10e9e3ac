package dev.atlex.session.internal;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.session.SessionStoreException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Tells a key that is not a folder's from a single file that can't be decrypted. */
public final class FolderKey {
    /** Where the salt of a passphrase is kept. */
    static final String SALT = ".salt";

    private final StoreFolder folder;
    private final @Nullable AesSeal seal;
    private volatile boolean fits;
    private volatile boolean plain;

    /** @param seal null if there is no key */
    public FolderKey(StoreFolder folder, @Nullable AesSeal seal) {
        this.folder = folder;
        this.seal = seal;
    }

    /**
     * Does nothing where a file can't be read for a reason of its own: it is not encrypted, or the key opens others.
     *
     * @throws SessionStoreException if there is no key, or it is not this folder's
     */
    public void requireFor(Path file) {
        if (fits || !isEncrypted(file)) {
            return;
        }
        if (seal == null) {
            throw new SessionStoreException(
                    "the folder " + folder.path() + " is encrypted, and no key was given", null);
        }
        SecretKey key = seal.key();
        Predicate<Path> opened = each -> opens(key, each);
        if (!opened.test(folder.path().resolve(SALT)) && entry(folder, opened) == null) {
            throw new SessionStoreException(
                    "wrong key: it opens no encrypted file of the folder " + folder.path(), null);
        }
        fits = true;
    }

    /**
     * Asked before an entry is written that is not there yet.
     *
     * @throws SessionStoreException if there is no key, and the folder is encrypted
     */
    public void requireForNew() {
        if (seal != null) {
            return;
        }
        boolean salted = folder.read(folder.path().resolve(SALT)) != null;
        // All files are looked at once; a salt costs no more to find than to miss.
        if (salted || !plain && encrypted(folder) != null) {
            throw new SessionStoreException(
                    "the folder " + folder.path()
                            + " is encrypted, and no key was given: nothing is written to it as plain text",
                    null);
        }
        plain = true;
    }

    private boolean opens(SecretKey key, Path file) {
        try {
            LexMap members = members(folder, file);
            return members != null && AesSeal.fits(key, members);
        } catch (DamagedFileException | SessionStoreException e) {
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

    /** An encrypted entry, or null if there is none. */
    static @Nullable Path encrypted(StoreFolder folder) {
        return entry(folder, each -> isEncrypted(folder, each));
    }

    private static boolean isEncrypted(StoreFolder folder, Path file) {
        LexMap members = members(folder, file);
        return members != null && members.containsKey(Seal.MEMBER);
    }

    private static @Nullable Path entry(StoreFolder folder, Predicate<Path> condition) {
        AtomicReference<Path> found = new AtomicReference<>();
        folder.forEach(each -> {
            String name = each.getFileName().toString();
            boolean entry = false;
            for (Kind kind : Kind.values()) {
                entry |= FileNames.isEntry(kind, name);
            }
            if (entry && found.get() == null && condition.test(each)) {
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
