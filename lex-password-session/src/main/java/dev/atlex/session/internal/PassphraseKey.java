package dev.atlex.session.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStore.Kind;
import dev.atlex.session.SessionStoreException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes a key of a passphrase and a salt, which is kept in the folder: {@code .salt}. */
public final class PassphraseKey {
    private static final String KDF = "PBKDF2WithHmacSHA256";
    private static final int ITERATIONS = 600_000;

    /** A file that asks for more would keep a store busy for minutes. */
    private static final int MOST_ITERATIONS = 20_000_000;

    private static final int SALT_BYTES = 32;

    private final StoreFolder folder;
    private final Path file;

    public PassphraseKey(StoreFolder folder) {
        this.folder = folder;
        this.file = folder.path().resolve(".salt");
    }

    private record Salt(byte[] bytes, int iterations, LexMap members) {}

    /**
     * The key. Takes some tenths of a second.
     *
     * @throws SessionStoreException if there is no salt and none can be made, or none may: there are files that another was
     *     used for
     */
    public SecretKey of(char[] passphrase, AesSeal.Use use) {
        Salt salt = read();
        if (salt == null && use == AesSeal.Use.OPEN) {
            throw new SessionStoreException("can't decrypt: " + file + " is missing", null);
        }
        if (salt == null) {
            return make(passphrase);
        }
        return verified(derived(passphrase, salt.bytes, salt.iterations), salt);
    }

    /** A mistyped passphrase must be found out before something is encrypted with it. */
    private SecretKey verified(SecretKey key, Salt salt) {
        try {
            AesSeal.verify(key, file, salt.members);
            return key;
        } catch (DamagedFileException e) {
            throw new SessionStoreException(file + " is damaged: " + e.getMessage(), null);
        }
    }

    private static SecretKey derived(char[] passphrase, byte[] salt, int iterations) {
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

    private @Nullable Salt read() {
        byte[] content = folder.read(file);
        if (content == null) {
            return null;
        }
        try {
            if (LexValue.parseJson(content, ReadOptions.LENIENT) instanceof LexMap map) {
                String salt = map.getString("salt");
                Long iterations = map.getInteger("iterations");
                if (KDF.equals(map.getString("kdf"))
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

    private SecretKey make(char[] passphrase) {
        try (StoreLocks.Held lock = folder.lock("salt.save", Duration.ofSeconds(30), false)) {
            if (lock == null) {
                throw new SessionStoreException(file + " is locked by another process", null);
            }
            Salt others = read();
            if (others != null) {
                return verified(derived(passphrase, others.bytes, others.iterations), others);
            }
            requireNothingEncrypted();
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            SecretKey key = derived(passphrase, salt, ITERATIONS);
            folder.write(
                    file,
                    ("{\"v\":1,\"kdf\":\"" + KDF + "\",\"iterations\":" + ITERATIONS + ",\"salt\":\""
                                    + Base64.getEncoder().encodeToString(salt) + "\",\"check\":\"" + AesSeal.check(key)
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
        AtomicReference<Path> encrypted = new AtomicReference<>();
        folder.forEach(each -> {
            String name = each.getFileName().toString();
            boolean entry = false;
            for (Kind kind : Kind.values()) {
                entry |= FileNames.isEntry(kind, name);
            }
            if (entry && encrypted.get() == null && isEncrypted(each)) {
                encrypted.set(each);
            }
        });
        if (encrypted.get() != null) {
            throw new SessionStoreException(
                    file + " is missing, which " + encrypted.get() + " was encrypted with: bring it back", null);
        }
    }

    private boolean isEncrypted(Path each) {
        byte[] content = folder.read(each);
        try {
            return content != null
                    && LexValue.parseJson(content, ReadOptions.LENIENT) instanceof LexMap map
                    && map.containsKey(Seal.MEMBER);
        } catch (LexException e) {
            return false;
        }
    }
}
