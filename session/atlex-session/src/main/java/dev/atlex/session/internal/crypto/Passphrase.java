package dev.atlex.session.internal.crypto;

import dev.atlex.session.SessionStoreException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a passphrase and the key that was last derived from it, because a derivation takes a few tenths of a second.
 */
public final class Passphrase {
    /** The key derivation function, by the name that Java and the salt file use. */
    public static final String KDF = "PBKDF2WithHmacSHA256";

    private final char[] passphrase;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Derived last;

    private record Derived(byte[] salt, int iterations, SecretKey key) {}

    /** @param passphrase the passphrase, which isn't copied */
    public Passphrase(char[] passphrase) {
        this.passphrase = passphrase;
    }

    /**
     * Returns the key for a salt. The key is derived once for all stores and files, even if it turns out to be wrong.
     */
    public SecretKey key(byte[] salt, int iterations) {
        lock.lock();
        try {
            Derived known = last;
            if (known == null || known.iterations != iterations || !Arrays.equals(known.salt, salt)) {
                known = new Derived(salt.clone(), iterations, derive(salt, iterations));
                last = known;
            }
            return known.key;
        } finally {
            lock.unlock();
        }
    }

    private SecretKey derive(byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 256);
        try {
            return new SecretKeySpec(
                    SecretKeyFactory.getInstance(KDF).generateSecret(spec).getEncoded(), "AES");
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("can't derive a key from a passphrase on this Java platform", e);
        } finally {
            spec.clearPassword();
        }
    }
}
