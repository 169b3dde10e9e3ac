package dev.atlex.crypto;

/**
 * Thrown when a JSON Web Key isn't a P-256 key. The Java runtime doesn't support secp256k1, which some clients use for
 * DPoP (ES256K).
 */
public final class UnsupportedKeyException extends CryptoException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message a description of the problem; must not contain the key
     */
    public UnsupportedKeyException(String message) {
        super(message);
    }
}
