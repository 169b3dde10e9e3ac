package dev.atlex.session.internal.crypto;

import dev.atlex.data.LexMap;
import dev.atlex.session.internal.file.CorruptFileException;
import java.nio.file.Path;

/** Encrypts values. */
public interface Seal {
    /** The member of a file's JSON that tells of encryption. */
    String MEMBER = "cipher";

    /**
     * Encrypts a value.
     *
     * @param context what must be the same when it is opened
     * @return members of JSON, without braces
     */
    String close(byte[] value, byte[] context);

    /**
     * Decrypts a value.
     *
     * @throws CorruptFileException if the key is right, and the value or its context is not what was sealed
     * @throws dev.atlex.session.SessionStoreException if the key is not right, or there is none
     */
    byte[] open(Path file, LexMap members, byte[] context) throws CorruptFileException;
}
