package dev.atlex.session.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.Passphrase;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Derives a folder's key from a passphrase and a salt, which is kept in the folder as {@code .salt}. */
public final class PassphraseKey {
    private static final int ITERATIONS = 600_000;

    /** The maximum number of iterations. A salt file with more would keep a store busy for minutes. */
    private static final int MAX_ITERATIONS = 20_000_000;

    private static final int SALT_BYTES = 32;

    private final StoreFolder folder;
    private final Path file;

    public PassphraseKey(StoreFolder folder) {
        this.folder = folder;
        this.file = folder.path().resolve(KeyCheck.SALT);
    }

    private record Salt(byte[] bytes, int iterations, LexMap members) {}

    /**
     * Returns the key. The first call for a salt takes a few tenths of a second. If the key is needed for encryption, a
     * missing salt is created.
     *
     * @throws SessionStoreException if the passphrase is wrong, the salt is unreadable, or it is missing even though
     *     there are encrypted entries
     */
    public SecretKey key(Passphrase passphrase, AesGcmCipher.Use use) {
        Salt salt = read();
        if (salt == null && use == AesGcmCipher.Use.DECRYPT) {
            throw new SessionStoreException("can't decrypt: " + file + " is missing", null);
        }
        if (salt == null) {
            return create(passphrase);
        }
        return verified(passphrase.key(salt.bytes, salt.iterations), salt);
    }

    /** Detects a mistyped passphrase before anything is encrypted with it. */
    private SecretKey verified(SecretKey key, Salt salt) {
        try {
            if (EncryptedMembers.fits(key, salt.members)) {
                return key;
            }
        } catch (CorruptFileException e) {
            throw new SessionStoreException(file + " is corrupt: " + e.getMessage(), null);
        }
        throw new SessionStoreException("wrong passphrase for the folder " + folder.path(), null);
    }

    private @Nullable Salt read() {
        byte[] content = folder.read(file);
        if (content == null) {
            return null;
        }
        try {
            if (LexValue.parseJson(content, ReadOptions.LENIENT) instanceof LexMap map) {
                String salt = map.getString("salt");
                Long iterations = map.getInteger("iterations");
                if (Passphrase.KDF.equals(map.getString("kdf"))
                        && salt != null
                        && iterations != null
                        && iterations >= ITERATIONS
                        && iterations <= MAX_ITERATIONS) {
                    byte[] bytes = Base64.getDecoder().decode(salt);
                    if (bytes.length >= SALT_BYTES) {
                        return new Salt(bytes, iterations.intValue(), map);
                    }
                }
            }
        } catch (LexException | IllegalArgumentException e) {
            // Invalid JSON or Base64 is reported like a missing member.
        }
        throw new SessionStoreException(file + " is corrupt, or was written by a newer version of Atlex", null);
    }

    private SecretKey create(Passphrase passphrase) {
        try (StoreLocks.Held lock = folder.lock("salt.save", Duration.ofSeconds(30), false)) {
            if (lock == null) {
                throw new SessionStoreException(file + " is locked by another process", null);
            }
            Salt existing = read();
            if (existing != null) {
                return verified(passphrase.key(existing.bytes, existing.iterations), existing);
            }
            requireNothingEncrypted();
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            SecretKey key = passphrase.key(salt, ITERATIONS);
            folder.write(
                    file,
                    ("{\"v\":1,\"kdf\":\"" + Passphrase.KDF + "\",\"iterations\":" + ITERATIONS + ",\"salt\":\""
                                    + Base64.getEncoder().encodeToString(salt) + "\",\"check\":\""
                                    + EncryptedMembers.check(key)
                                    + "\"}\n")
                            .getBytes(UTF_8));
            return key;
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("can't encrypt on this Java platform", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Throws an exception if there are encrypted entries, because the key from a new salt couldn't decrypt them. */
    private void requireNothingEncrypted() {
        Path encrypted = KeyCheck.firstEncrypted(folder);
        if (encrypted != null) {
            throw new SessionStoreException(
                    file + " is missing, and " + encrypted + " can't be decrypted without it: restore it from a backup",
                    null);
        }
    }
}
