package dev.atlex.session.store;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.Passphrase;
import dev.atlex.session.internal.file.PassphraseKey;
import dev.atlex.session.internal.file.StoreFolder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The AES-256 key with which {@link FileSessionStore#encrypted} encrypts files. A store requests the key when it first
 * needs it, and keeps it from then on.
 */
public final class StoreEncryptionKey {
    private final String origin;
    private final Source source;

    private interface Source {
        SecretKey key(StoreFolder folder, AesGcmCipher.Use use);
    }

    private StoreEncryptionKey(String origin, Source source) {
        this.origin = origin;
        this.source = source;
    }

    /**
     * Returns a key that is derived from a passphrase with PBKDF2 (HMAC-SHA-256, 600,000 iterations). The random salt
     * is kept in the folder's {@code .salt} file. It isn't a secret, but without it nothing can be decrypted.
     *
     * @param passphrase the passphrase, which isn't normalized; it is copied, so the caller can wipe it
     * @throws IllegalArgumentException if it is empty
     */
    public static StoreEncryptionKey ofPassphrase(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("invalid passphrase: it is empty");
        }
        Passphrase copy = new Passphrase(passphrase.clone());
        return new StoreEncryptionKey("passphrase", (folder, use) -> new PassphraseKey(folder).key(copy, use));
    }

    /**
     * Returns a key that a function supplies, for example from a secret manager.
     *
     * @param source the supplier of the key. It is called by any thread that uses a store, until it returns a 256-bit
     *     AES key; its exceptions become the cause of a {@link SessionStoreException} on that thread
     */
    public static StoreEncryptionKey of(Supplier<SecretKey> source) {
        return new StoreEncryptionKey("callback", (folder, use) -> {
            try {
                return source.get();
            } catch (RuntimeException e) {
                throw new SessionStoreException("failed to get the encryption key from the callback", e);
            }
        });
    }

    /**
     * Returns a key from a key store. It may be a hardware key that can't be exported.
     *
     * @param store a key store that the caller has loaded
     * @param alias the key's name in the key store
     * @param protection the protection of the key's entry, such as a password, or null
     */
    public static StoreEncryptionKey of(
            KeyStore store, String alias, KeyStore.@Nullable ProtectionParameter protection) {
        return new StoreEncryptionKey("key store entry " + alias, (folder, use) -> {
            KeyStore.Entry entry;
            try {
                entry = store.getEntry(alias, protection);
            } catch (GeneralSecurityException | UnsupportedOperationException e) {
                throw new SessionStoreException("failed to get the key " + alias + " from the key store", e);
            }
            if (entry instanceof KeyStore.SecretKeyEntry secret) {
                return secret.getSecretKey();
            }
            throw new SessionStoreException("the key store has no secret key named " + alias, null);
        });
    }

    SecretKey key(StoreFolder folder, AesGcmCipher.Use use) {
        return source.key(folder, use);
    }

    /** Returns the key's origin, but nothing about the key itself. */
    @Override
    public String toString() {
        return "StoreEncryptionKey[" + origin + "]";
    }
}
