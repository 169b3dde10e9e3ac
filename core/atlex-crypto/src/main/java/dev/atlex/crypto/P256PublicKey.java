package dev.atlex.crypto;

import dev.atlex.data.LexMap;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import org.jspecify.annotations.Nullable;

/** A public key on the curve P-256. Immutable and thread-safe. */
public final class P256PublicKey {
    private final ECPublicKey key;
    private final LexMap jwk;
    private final String thumbprint;

    private P256PublicKey(ECPublicKey key) {
        this.key = key;
        // RFC 7638 hashes the required members in this order.
        this.jwk = LexMap.builder()
                .put("crv", "P-256")
                .put("kty", "EC")
                .put("x", P256.text(key.getW().getAffineX()))
                .put("y", P256.text(key.getW().getAffineY()))
                .build();
        this.thumbprint = Base64Url.sha256(jwk.toJson());
    }

    static P256PublicKey of(ECPublicKey key) {
        return new P256PublicKey(key);
    }

    static P256PublicKey of(ECPoint point) {
        try {
            return new P256PublicKey(
                    (ECPublicKey) P256.keyFactory().generatePublic(new ECPublicKeySpec(point, P256.PARAMETERS)));
        } catch (GeneralSecurityException e) {
            throw new CryptoException("JWK: invalid public key", e);
        }
    }

    /**
     * Reads a JSON Web Key. Members other than {@code kty}, {@code crv}, {@code x} and {@code y} are ignored, except
     * for {@code d}: a private key is rejected, because it shouldn't have been shared.
     *
     * @throws UnsupportedKeyException if the key isn't a P-256 key
     * @throws CryptoException if the key is malformed, isn't on the curve, or is private
     */
    public static P256PublicKey fromJwk(LexMap jwk) {
        P256.checkType(jwk);
        if (jwk.containsKey("d")) {
            throw new CryptoException("JWK: expected a public key, but the key has the private member d");
        }
        return of(P256.point(jwk));
    }

    /** Returns the JSON Web Key with {@code crv}, {@code kty}, {@code x} and {@code y}. */
    public LexMap toJwk() {
        return jwk;
    }

    /** Returns the SHA-256 thumbprint of the key as base64url, 43 characters (RFC 7638). */
    public String thumbprint() {
        return thumbprint;
    }

    /**
     * Returns whether a signature of the data was made with this key.
     *
     * @param signature the signature, which consists of r and s with 32 bytes each. Any other length is invalid.
     */
    public boolean verify(byte[] data, byte[] signature) {
        if (signature.length != 2 * P256.SIZE) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(P256.SIGNATURE);
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // For example r = 0.
            return false;
        } catch (GeneralSecurityException e) {
            throw P256.unavailable(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof P256PublicKey that && jwk.equals(that.jwk);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }

    /** Returns the thumbprint. */
    @Override
    public String toString() {
        return "P256PublicKey[" + thumbprint + "]";
    }
}
