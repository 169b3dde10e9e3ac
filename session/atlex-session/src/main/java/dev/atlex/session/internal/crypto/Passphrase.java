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

/** A passphrase, and the key that was last made of it: making one takes some tenths of a second. */
public final class Passphrase {
    static final String KDF = "PBKDF2WithHmacSHA256";

    private final char[] passphrase;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Derived last;

    private record Derived(byte[] salt, int iterations, SecretKey key) {}

    /** @param passphrase not copied */
    public Passphrase(char[] passphrase) {
        this.passphrase = passphrase;
    }

    /** The key of a salt: made once, however many stores and files ask for it, and also where it turns out to be wrong. */
    SecretKey with(byte[] salt, int iterations) {
        lock.lock();
        try {
            Derived known = last;
            if (known == null || known.iterations != iterations || !Arrays.equals(known.salt, salt)) {
                known = new Derived(salt.clone(), iterations, derived(salt, iterations));
                last = known;
            }
            return known.key;
        } finally {
            lock.unlock();
        }
    }

    private SecretKey derived(byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 256);
        try {
            return new SecretKeySpec(
                    SecretKeyFactory.getInstance(KDF).generateSecret(spec).getEncoded(), "AES");
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("this Java platform can't make a key of a passphrase", e);
        } finally {
            spec.clearPassword();
        }
    }
}
