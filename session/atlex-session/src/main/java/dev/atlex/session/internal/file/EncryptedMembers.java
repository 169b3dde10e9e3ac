package dev.atlex.session.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.crypto.AesGcmCipher.Use;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * The JSON members that hold an encrypted value: {@code cipher}, {@code check} and {@code sealed}.
 *
 * <p>{@code check} is an empty text, encrypted with the same key and a fixed context. It distinguishes a wrong key from
 * a corrupt value.
 */
final class EncryptedMembers {
    /** The member that marks a file as encrypted. */
    static final String CIPHER = "cipher";

    private static final String AES_256_GCM = "A256GCM";
    private static final String CHECK = "check";
    private static final String SEALED = "sealed";
    private static final byte[] CHECK_CONTEXT = "atlex session key".getBytes(UTF_8);
    private static final byte[] FOLDER_CONTEXT = "atlex session folder, all encrypted".getBytes(UTF_8);

    private EncryptedMembers() {}

    /**
     * Encrypts a value.
     *
     * @param context the facts about the value that must be the same when it is decrypted
     * @return JSON members, without braces
     */
    static String encrypt(AesGcmCipher cipher, byte[] value, byte[] context) {
        SecretKey key = cipher.key(Use.ENCRYPT);
        try {
            return "\"" + CIPHER + "\":\"" + AES_256_GCM + "\",\"" + CHECK + "\":\"" + check(key) + "\",\"" + SEALED
                    + "\":\"" + base64(AesGcmCipher.encrypt(key, value, context)) + "\"";
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("failed to encrypt with this key", e);
        }
    }

    /**
     * Decrypts a value.
     *
     * @throws CorruptFileException if the key is right, but the value or its context isn't the original one
     * @throws SessionStoreException if the key is wrong or missing
     */
    static byte[] decrypt(AesGcmCipher cipher, Path file, LexMap members, byte[] context) throws CorruptFileException {
        if (!AES_256_GCM.equals(members.getString(CIPHER))) {
            throw new SessionStoreException("can't decrypt " + file + ": unknown cipher", null);
        }
        byte[] check = bytes(members, CHECK);
        byte[] sealed = bytes(members, SEALED);
        SecretKey key = cipher.key(Use.DECRYPT);
        try {
            AesGcmCipher.decrypt(key, check, CHECK_CONTEXT);
        } catch (GeneralSecurityException e) {
            throw wrongKey(file, e);
        }
        try {
            return AesGcmCipher.decrypt(key, sealed, context);
        } catch (AEADBadTagException e) {
            throw new CorruptFileException("its content was altered after it was encrypted");
        } catch (GeneralSecurityException e) {
            throw wrongKey(file, e);
        }
    }

    private static SessionStoreException wrongKey(Path file, GeneralSecurityException cause) {
        return new SessionStoreException("can't decrypt " + file + " with this key", cause);
    }

    /** Returns a check value by which {@link #fits} recognizes the key. */
    static String check(SecretKey key) throws GeneralSecurityException {
        return base64(AesGcmCipher.encrypt(key, new byte[0], CHECK_CONTEXT));
    }

    /** Returns whether a key matches the check among the members. */
    static boolean fits(SecretKey key, LexMap members) throws CorruptFileException {
        byte[] check = bytes(members, CHECK);
        try {
            AesGcmCipher.decrypt(key, check, CHECK_CONTEXT);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns the members of the folder marker. Only a holder of the key can create them. */
    static String folderMarker(SecretKey key) {
        try {
            return "\"" + CIPHER + "\":\"" + AES_256_GCM + "\",\"" + CHECK + "\":\""
                    + base64(AesGcmCipher.encrypt(key, new byte[0], FOLDER_CONTEXT)) + "\"";
        } catch (GeneralSecurityException e) {
            throw new SessionStoreException("failed to encrypt with this key", e);
        }
    }

    /** Returns whether the members are a {@link #folderMarker} of the key. */
    static boolean isFolderMarker(SecretKey key, LexMap members) {
        try {
            AesGcmCipher.decrypt(key, bytes(members, CHECK), FOLDER_CONTEXT);
            return true;
        } catch (CorruptFileException | GeneralSecurityException e) {
            return false;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(LexMap members, String name) throws CorruptFileException {
        try {
            String text = members.getString(name);
            byte[] bytes = Base64.getDecoder().decode(text == null ? "" : text);
            if (bytes.length >= AesGcmCipher.MIN_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Invalid Base64 is reported like a value that is too short.
        }
        throw new CorruptFileException("its \"" + name + "\" is missing or invalid");
    }
}
