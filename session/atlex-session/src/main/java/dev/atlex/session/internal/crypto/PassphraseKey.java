package dev.atlex.session.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.file.CorruptFileException;
import dev.atlex.session.internal.file.StoreFolder;
import dev.atlex.session.internal.file.StoreLocks;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Makes a key of a passphrase and a salt, which is kept in the folder: {@code .salt}. */
public final class PassphraseKey {
    private static final int ITERATIONS = 600_000;

    /** A file that asks for more would keep a store busy for minutes. */
    private static final int MOST_ITERATIONS = 20_000_000;

    private static final int SALT_BYTES = 32;

    private final StoreFolder folder;
    private final Path file;

    public PassphraseKey(StoreFolder folder) {
        this.folder = folder;
        this.file = folder.path().resolve(KeyCheck.SALT);
    }

    private record Salt(byte[] bytes, int iterations, LexMap members) {}

    /**
     * The key. Takes some tenths of a second for the first of a salt.
     *
     * @throws SessionStoreException if the passphrase is not the salt's; if there is no salt and none can be made, or none may: there are files that another was
     *     used for
     */
    public SecretKey of(Passphrase passphrase, AesGcmCipher.Use use) {
        Salt salt = read();
        if (salt == null && use == AesGcmCipher.Use.OPEN) {
            throw new SessionStoreException("can't decrypt: " + file + " is missing", null);
        }
        if (salt == null) {
            return make(passphrase);
        }
        return verified(passphrase.with(salt.bytes, salt.iterations), salt);
    }

    /** A mistyped passphrase must be found out before something is encrypted with it. */
    private SecretKey verified(SecretKey key, Salt salt) {
        try {
            if (AesGcmCipher.fits(key, salt.members)) {
                return key;
            }
        } catch (CorruptFileException e) {
            throw new SessionStoreException(file + " is damaged: " + e.getMessage(), null);
        }
        throw new SessionStoreException("wrong passphrase: it does not open the folder " + folder.path(), null);
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
                        && iterations <= MOST_ITERATIONS) {
                    byte[] bytes = Base64.getDecoder().decode(salt);
                    if (bytes.length >= SALT_BYTES) {
                        return new Salt(bytes, iterations.intValue(), map);
                    }
                }
            }
        } catch (LexException | IllegalArgumentException e) {
            // As where something is missing.
        }
        throw new SessionStoreException(file + " is damaged, or of a newer version of Atlex", null);
    }

    private SecretKey make(Passphrase passphrase) {
        try (StoreLocks.Held lock = folder.lock("salt.save", Duration.ofSeconds(30), false)) {
            if (lock == null) {
                throw new SessionStoreException(file + " is locked by another process", null);
            }
            Salt others = read();
            if (others != null) {
                return verified(passphrase.with(others.bytes, others.iterations), others);
            }
            requireNothingEncrypted();
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            SecretKey key = passphrase.with(salt, ITERATIONS);
            folder.write(
                    file,
                    ("{\"v\":1,\"kdf\":\"" + Passphrase.KDF + "\",\"iterations\":" + ITERATIONS + ",\"salt\":\""
                                    + Base64.getEncoder().encodeToString(salt) + "\",\"check\":\""
                                    + AesGcmCipher.check(key)
                                    + "\"}\n")
                            .getBytes(UTF_8));
            return key;
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("this Java platform can't encrypt", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a new salt, the passphrase would no more fit what was encrypted before the old one was lost. */
    private void requireNothingEncrypted() {
        Path encrypted = KeyCheck.encrypted(folder);
        if (encrypted != null) {
            throw new SessionStoreException(
                    file + " is missing, which " + encrypted + " was encrypted with: bring it back", null);
        }
    }
}
