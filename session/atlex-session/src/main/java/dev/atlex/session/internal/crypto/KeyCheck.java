package dev.atlex.session.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.file.CorruptFileException;
import dev.atlex.session.internal.file.FileNames;
import dev.atlex.session.internal.file.StoreFolder;
import dev.atlex.session.internal.file.StoreLocks;
import dev.atlex.session.store.FileSessionStore;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Tells a key that is not a folder's from a single file that can't be decrypted. */
public final class KeyCheck {
    private static final System.Logger LOG = System.getLogger(FileSessionStore.class.getName());

    /** Where the salt of a passphrase is kept. */
    static final String SALT = ".salt";

    /**
     * Says that the folder has nothing but encrypted entries. It is made by whoever first encrypts something there, if there
     * is nothing else, and by an explicit migration. Only who has the key can make it. Who deletes it gains nothing: plain
     * text is refused without it too, but left where it is, since it may be what there was before the folder was encrypted.
     */
    static final String MARK = ".encrypted";

    private final StoreFolder folder;
    private final @Nullable AesGcmCipher seal;
    private volatile boolean fits;
    private volatile boolean plain;
    private volatile boolean marked;
    private volatile boolean mixed;

    /** @param seal null if there is no key */
    public KeyCheck(StoreFolder folder, @Nullable AesGcmCipher seal) {
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
            throw noKey("");
        }
        requireKey(seal.key());
    }

    private void requireKey(SecretKey key) {
        Predicate<Path> opened = each -> opens(key, each);
        if (!opened.test(folder.path().resolve(SALT)) && entry(folder, opened) == null) {
            throw new SessionStoreException(
                    "wrong key: it opens no encrypted file of the folder " + folder.path(), null);
        }
        fits = true;
    }

    /**
     * Does nothing where single files of an encrypted folder are plain text.
     *
     * @throws SessionStoreException if the folder has no encrypted entries at all, or the key opens none of them
     */
    public void requireEncrypted(SessionStoreException refusal) {
        if (seal == null || fits) {
            return;
        }
        if (entry(folder, this::isEncrypted) == null) {
            throw refusal;
        }
        requireKey(seal.key());
    }

    /**
     * Whether the folder has nothing but encrypted entries: what is plain text was put there by somebody else. Without a
     * key, that is taken on trust.
     */
    public boolean isMarked() {
        if (!marked && folder.has(markFile())) {
            marked = seal == null || isMarkedWith(seal);
        }
        return marked;
    }

    private boolean isMarkedWith(AesGcmCipher with) {
        SecretKey key = with.key();
        try {
            LexMap members = members(folder, markFile());
            return members != null && AesGcmCipher.isFolder(key, members);
        } catch (SessionStoreException e) {
            // Something else has its name: as if it were not there.
            return false;
        }
    }

    private Path markFile() {
        return folder.path().resolve(MARK);
    }

    /**
     * Marks the folder, after something was sealed for it and before that is written, unless there are entries of another
     * kind.
     */
    public void mark() {
        if (seal == null || mixed || isMarked()) {
            return;
        }
        try (StoreLocks.Held lock = folder.lock("salt.save", Duration.ofSeconds(30), false)) {
            if (lock == null) {
                return;
            }
            SecretKey key = seal.key();
            mixed = entry(folder, each -> !opens(key, each)) != null;
            if (!mixed) {
                folder.write(markFile(), ("{\"v\":1," + AesGcmCipher.folderMembers(key) + "}\n").getBytes(UTF_8));
                marked = true;
            }
        } catch (SessionStoreException e) {
            // It must not keep a session from being saved.
            mixed = true;
            LOG.log(Level.WARNING, e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks the folder after its entries were encrypted. */
    public void markAgain() {
        mixed = false;
        mark();
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
        boolean said = isMarked() || folder.has(folder.path().resolve(SALT));
        // All files are looked at once; a salt costs no more to find than to miss.
        if (said || !plain && entry(folder, this::isEncrypted) != null) {
            throw noKey(": nothing is written to it as plain text");
        }
        plain = true;
    }

    /** That the folder is encrypted, and there is no key. */
    public SessionStoreException noKey(String consequence) {
        return new SessionStoreException(
                "the folder " + folder.path() + " is encrypted, and no key was given" + consequence, null);
    }

    private boolean opens(SecretKey key, Path file) {
        try {
            LexMap members = members(folder, file);
            return members != null && AesGcmCipher.fits(key, members);
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
     * An encrypted entry, or null if there is none.
     *
     * @throws SessionStoreException if there is a file of which that can't be said
     */
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
