package dev.atlex.session.internal.crypto;

import dev.atlex.session.SessionStoreException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with a random nonce for each encryption. A ciphertext is the nonce (12 bytes), the encrypted bytes and
 * the tag (16 bytes).
 *
 * <p>The key is requested when it is first needed, and kept once there is one.
 */
public final class AesGcmCipher {
    /** The length of the shortest ciphertext, which is that of zero bytes. */
    public static final int MIN_BYTES = 12 + 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** The use of a key: a new one may be created to encrypt, but not to decrypt. */
    public enum Use {
        ENCRYPT,
        DECRYPT
    }

    private final Function<Use, SecretKey> source;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SecretKey key;

    /** @param source the supplier of the key; it is called again if it throws */
    public AesGcmCipher(Function<Use, SecretKey> source) {
        this.source = source;
    }

    /**
     * Encrypts bytes.
     *
     * @param context the context, which is authenticated together with the bytes, but not stored
     */
    public static byte[] encrypt(SecretKey key, byte[] plaintext, byte[] context) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(context);
        byte[] ciphertext = Arrays.copyOf(nonce, MIN_BYTES + plaintext.length);
        cipher.doFinal(plaintext, 0, plaintext.length, ciphertext, NONCE_BYTES);
        return ciphertext;
    }

    /**
     * Decrypts a ciphertext that {@link #encrypt} returned.
     *
     * @param ciphertext at least {@link #MIN_BYTES} bytes
     * @param context the context passed to {@code encrypt}
     * @throws javax.crypto.AEADBadTagException if the key, the context or the ciphertext isn't the original one
     */
    public static byte[] decrypt(SecretKey key, byte[] ciphertext, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, ciphertext, 0, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher.doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
    }

    /**
     * Returns the key.
     *
     * @throws SessionStoreException if the source has none, or it isn't an AES key of 256 bits
     */
    public SecretKey key(Use use) {
        SecretKey known = key;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = key;
            if (known == null) {
                known = checked(source.apply(use));
                key = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** A key that stays in its hardware has no encoded form, so its length can't be checked. */
    private static SecretKey checked(SecretKey key) {
        byte[] encoded = key.getEncoded();
        boolean wrong = encoded != null && encoded.length != 32;
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
        }
        if (wrong || !key.getAlgorithm().equals("AES")) {
            throw new SessionStoreException("invalid encryption key: expected an AES key of 256 bits", null);
        }
        return key;
    }
}
