package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atlex.data.LexMap;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import org.jspecify.annotations.Nullable;

/** A private key on the curve P-256, with its public key. Immutable and thread-safe. */
public final class P256PrivateKey {
    private static final byte[] PROBE = "Do the private and the public part belong together?".getBytes(US_ASCII);

    private final ECPrivateKey key;
    private final P256PublicKey publicKey;

    private P256PrivateKey(ECPrivateKey key, P256PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Creates a random key. */
    public static P256PrivateKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(P256.CURVE));
            KeyPair pair = generator.generateKeyPair();
            return new P256PrivateKey(
                    (ECPrivateKey) pair.getPrivate(), P256PublicKey.of((ECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw P256.unavailable(e);
        }
    }

    /**
     * Reads a private JSON Web Key. Members other than {@code kty}, {@code crv}, {@code x}, {@code y} and {@code d} are
     * ignored.
     *
     * @throws UnsupportedKeyException if the key isn't a P-256 key
     * @throws CryptoException if the key is malformed, isn't on the curve, has no private part, or its private and
     *     public parts don't belong together
     */
    public static P256PrivateKey fromJwk(LexMap jwk) {
        P256.checkType(jwk);
        P256PublicKey publicKey = P256PublicKey.of(P256.point(jwk));
        BigInteger d = P256.number(jwk, "d");
        if (d.signum() == 0 || d.compareTo(P256.PARAMETERS.getOrder()) >= 0) {
            throw new CryptoException("JWK: d is out of range");
        }
        P256PrivateKey key;
        try {
            key = new P256PrivateKey(
                    (ECPrivateKey) P256.keyFactory().generatePrivate(new ECPrivateKeySpec(d, P256.PARAMETERS)),
                    publicKey);
        } catch (GeneralSecurityException e) {
            // Without the cause, which may describe the key.
            throw new CryptoException("JWK: invalid private key");
        }
        if (!publicKey.verify(PROBE, key.sign(PROBE))) {
            throw new CryptoException("JWK: the private key d doesn't belong to the public key (x, y)");
        }
        return key;
    }

    /** Returns the public key. */
    public P256PublicKey publicKey() {
        return publicKey;
    }

    /** Signs data with ECDSA and SHA-256 (ES256). Returns r and s, 32 bytes each. */
    public byte[] sign(byte[] data) {
        try {
            Signature signer = Signature.getInstance(P256.SIGNATURE);
            signer.initSign(key);
            signer.update(data);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw P256.unavailable(e);
        }
    }

    /**
     * Like {@link #sign}, but always returns a signature whose {@code s} value is in the lower half of its range
     * ("low-S"), as the specification requires for commits. For each signature, an equally valid one with a high {@code
     * s} exists.
     *
     * @see <a href="https://atproto.com/specs/cryptography">AT Protocol: cryptography</a>
     */
    public byte[] signLowS(byte[] data) {
        return P256.withLowS(sign(data));
    }

    /** Returns the JSON Web Key with {@code crv}, {@code kty}, {@code x}, {@code y} and {@code d}: a secret. */
    public LexMap toJwk() {
        return publicKey.toJwk().toBuilder().put("d", P256.text(key.getS())).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof P256PrivateKey that
                && publicKey.equals(that.publicKey)
                && MessageDigest.isEqual(
                        key.getS().toByteArray(), that.key.getS().toByteArray());
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    /** Returns the thumbprint of the public key. */
    @Override
    public String toString() {
        return "P256PrivateKey[" + publicKey.thumbprint() + "]";
    }
}
