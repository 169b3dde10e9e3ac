package dev.atlex.session.store;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.Passphrase;
import dev.atlex.session.internal.crypto.PassphraseKey;
import dev.atlex.session.internal.file.StoreFolder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What the files of {@link FileSessionStore#encrypted} are encrypted with: an AES key of 256 bits. A store asks for it when
 * it is first needed, and once if it gets it.
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
     * A key that is made of a passphrase by PBKDF2 (HMAC-SHA-256, 600,000 rounds) and a salt that is kept in the folder. The
     * file {@code .salt} is no secret, but without it nothing can be decrypted.
     *
     * @param passphrase taken letter by letter as it is; copied, so that the caller can wipe it
     * @throws IllegalArgumentException if it is empty
     */
    public static StoreEncryptionKey ofPassphrase(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("an empty passphrase");
        }
        Passphrase copy = new Passphrase(passphrase.clone());
        return new StoreEncryptionKey("a passphrase", (folder, use) -> new PassphraseKey(folder).of(copy, use));
    }

    /**
     * A key from elsewhere.
     *
     * @param source asked by any thread that uses a store, and again if it throws; that goes on to the thread in a
     *     {@link SessionStoreException}
     */
    public static StoreEncryptionKey of(Supplier<SecretKey> source) {
        return new StoreEncryptionKey("a callback", (folder, use) -> {
            try {
                return source.get();
            } catch (RuntimeException e) {
                throw new SessionStoreException("the callback gives no key", e);
            }
        });
    }

    /**
     * A key of a key store that is loaded already. It may be one that never leaves its hardware.
     *
     * @param alias the key's name
     * @param protection what the key store asks for the key, or null
     */
    public static StoreEncryptionKey of(
            KeyStore store, String alias, KeyStore.@Nullable ProtectionParameter protection) {
        return new StoreEncryptionKey("the key store's " + alias, (folder, use) -> {
            KeyStore.Entry entry;
            try {
                entry = store.getEntry(alias, protection);
            } catch (GeneralSecurityException | UnsupportedOperationException e) {
                throw new SessionStoreException("the key store does not give its key " + alias, e);
            }
            if (entry instanceof KeyStore.SecretKeyEntry secret) {
                return secret.getSecretKey();
            }
            throw new SessionStoreException("the key store has no secret key " + alias, null);
        });
    }

    SecretKey in(StoreFolder folder, AesGcmCipher.Use use) {
        return source.key(folder, use);
    }

    /** Where the key comes from, and nothing of it. */
    @Override
    public String toString() {
        return "StoreEncryptionKey[" + origin + "]";
    }
}
