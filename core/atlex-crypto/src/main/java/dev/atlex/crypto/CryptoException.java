package dev.atlex.crypto;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** Thrown when a key or a JSON Web Signature is malformed. Messages never quote keys or signed content. */
public class CryptoException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message a description of the problem; must not contain keys or signed content
     */
    public CryptoException(String message) {
        super(message);
    }

    CryptoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
