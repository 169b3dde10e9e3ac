package dev.atlex.session.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.file.CorruptFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256 in GCM, with a random nonce each time. Beside the value, nothing is sealed under the same key: by that, a wrong
 * key is told from a damaged value.
 */
public final class AesGcmCipher implements Seal {
    private static final String CIPHER = "A256GCM";
    private static final String CHECK = "check";
    private static final String SEALED = "sealed";
    private static final byte[] CHECK_CONTEXT = "atlex session key".getBytes(UTF_8);
    private static final byte[] FOLDER_CONTEXT = "atlex session folder, all encrypted".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** What a key is for. */
    public enum Use {
        SEAL,
        OPEN
    }

    private final Function<Use, SecretKey> source;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SecretKey key;

    /** @param source gives the key; asked until it has given one */
    public AesGcmCipher(Function<Use, SecretKey> source) {
        this.source = source;
    }

    @Override
    public String close(byte[] value, byte[] context) {
        SecretKey known = key(Use.SEAL);
        Base64.Encoder base64 = Base64.getEncoder();
        try {
            return "\"" + MEMBER + "\":\"" + CIPHER + "\",\"" + CHECK + "\":\"" + check(known) + "\",\"" + SEALED
                    + "\":\"" + base64.encodeToString(sealed(known, value, context)) + "\"";
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("can't encrypt with this key", e);
        }
    }

    private static byte[] sealed(SecretKey with, byte[] value, byte[] context) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, with, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(context);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + value.length + TAG_BYTES);
        cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
        return sealed;
    }

    @Override
    public byte[] open(Path file, LexMap members, byte[] context) throws CorruptFileException {
        if (!CIPHER.equals(members.getString(MEMBER))) {
            throw new SessionStoreException(file + " is encrypted in a way that is not known", null);
        }
        byte[] check = bytes(members, CHECK);
        byte[] sealed = bytes(members, SEALED);
        SecretKey known = key(Use.OPEN);
        verify(known, file, check);
        try {
            return opened(known, sealed, context);
        } catch (AEADBadTagException e) {
            throw new CorruptFileException("it is not what was encrypted");
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException(file + " can't be decrypted with this key", e);
        }
    }

    /** What tells later whether a key is this one. */
    static String check(SecretKey key) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(sealed(key, new byte[0], CHECK_CONTEXT));
    }

    /** Members of JSON that only who has the key can make: they say that a folder has nothing but encrypted entries. */
    static String folderMembers(SecretKey key) {
        try {
            return "\"" + MEMBER + "\":\"" + CIPHER + "\",\"" + CHECK + "\":\""
                    + Base64.getEncoder().encodeToString(sealed(key, new byte[0], FOLDER_CONTEXT)) + "\"";
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("can't encrypt with this key", e);
        }
    }

    /** Whether the members are {@link #folderMembers} of the key. */
    static boolean isFolder(SecretKey key, LexMap members) {
        try {
            opened(key, bytes(members, CHECK), FOLDER_CONTEXT);
            return true;
        } catch (CorruptFileException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a key is that of the check among the members. */
    static boolean fits(SecretKey key, LexMap members) throws CorruptFileException {
        byte[] check = bytes(members, CHECK);
        try {
            opened(key, check, CHECK_CONTEXT);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void verify(SecretKey key, Path file, byte[] check) {
        try {
            opened(key, check, CHECK_CONTEXT);
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException(file + " can't be decrypted with this key", e);
        }
    }

    private static byte[] bytes(LexMap members, String name) throws CorruptFileException {
        try {
            String text = members.getString(name);
            byte[] bytes = Base64.getDecoder().decode(text == null ? "" : text);
            if (bytes.length >= NONCE_BYTES + TAG_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As where there are too few.
        }
        throw new CorruptFileException("its " + name + " is none");
    }

    private static byte[] opened(SecretKey with, byte[] sealed, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, with, new GCMParameterSpec(TAG_BYTES * 8, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    /** The key, to open something. */
    SecretKey key() {
        return key(Use.OPEN);
    }

    private SecretKey key(Use use) {
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

    /** Keys that stay in their hardware don't tell their length. */
    private static SecretKey checked(SecretKey key) {
        byte[] encoded = key.getEncoded();
        boolean wrong = encoded != null && encoded.length != 32;
        if (encoded != null) {
            Arrays.fill(encoded, (byte) 0);
        }
        if (wrong || !key.getAlgorithm().equals("AES")) {
            throw new SessionStoreException("the key is not an AES key of 256 bits", null);
        }
        return key;
    }
}
