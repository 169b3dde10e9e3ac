package dev.atlex.crypto;

import dev.atlex.data.LexMap;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The curve P-256, and the encoding of its numbers in JSON Web Keys. */
final class P256 {
    /** The size of a coordinate, of a private key, and of each half of a signature, in bytes. */
    static final int SIZE = 32;

    /** Signatures as r and s, 32 bytes each, instead of DER. */
    static final String SIGNATURE = "SHA256withECDSAinP1363Format";

    static final String CURVE = "secp256r1";
    static final ECParameterSpec PARAMETERS = parameters();

    private static final BigInteger PRIME = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();

    private P256() {}

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(CURVE));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static KeyFactory keyFactory() {
        try {
            return KeyFactory.getInstance("EC");
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static IllegalStateException unavailable(GeneralSecurityException cause) {
        return new IllegalStateException(
                "P-256 isn't available: the Java runtime needs the module jdk.crypto.ec", cause);
    }

    /**
     * Checks that a JSON Web Key is a key on this curve.
     *
     * @throws UnsupportedKeyException if it has a different type or curve
     */
    static void checkType(LexMap jwk) {
        String type = jwk.getString("kty");
        if (!"EC".equals(type)) {
            throw new UnsupportedKeyException(
                    "JWK: unsupported kty" + got(type) + ": only EC keys on the curve P-256 are supported");
        }
        String curve = jwk.getString("crv");
        if (!"P-256".equals(curve)) {
            throw new UnsupportedKeyException(
                    "JWK: unsupported crv" + got(curve) + ": only P-256 (ES256) is supported");
        }
    }

    /** Returns a value for a message, if it is short enough to be a name instead of misplaced key material. */
    private static String got(@Nullable String name) {
        return name != null && name.matches("[A-Za-z0-9_-]{1,20}") ? " (got \"" + name + "\")" : "";
    }

    /** Returns the point with a JSON Web Key's coordinates, after checking that it is on the curve. */
    static ECPoint point(LexMap jwk) {
        BigInteger x = number(jwk, "x");
        BigInteger y = number(jwk, "y");
        if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0 || !isOnCurve(x, y)) {
            throw new CryptoException("JWK: the point (x, y) isn't on the curve P-256");
        }
        return new ECPoint(x, y);
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger right = x.pow(2)
                .add(PARAMETERS.getCurve().getA())
                .multiply(x)
                .add(PARAMETERS.getCurve().getB())
                .mod(PRIME);
        return y.pow(2).mod(PRIME).equals(right);
    }

    /** Returns a member of a JSON Web Key as a number. RFC 7518 requires all 32 bytes, including leading zeros. */
    static BigInteger number(LexMap jwk, String name) {
        String text = jwk.getString(name);
        if (text == null) {
            throw new CryptoException("JWK: " + name + " is missing or not a string");
        }
        byte[] bytes;
        try {
            bytes = Base64Url.decode(text);
        } catch (CryptoException e) {
            throw new CryptoException("JWK: " + name + " isn't base64url", e);
        }
        if (bytes.length != SIZE) {
            throw new CryptoException("JWK: " + name + " must have " + SIZE + " bytes (got " + bytes.length + ")");
        }
        return new BigInteger(1, bytes);
    }

    /** Returns a number as 32 bytes in base64url. */
    static String text(BigInteger number) {
        byte[] all = new byte[SIZE];
        put(number, all, 0);
        return Base64Url.encode(all);
    }

    /** Writes a number as 32 bytes: {@link BigInteger#toByteArray} drops zeros and adds a sign. */
    private static void put(BigInteger number, byte[] target, int at) {
        byte[] raw = number.toByteArray();
        int length = Math.min(raw.length, SIZE);
        Arrays.fill(target, at, at + SIZE - length, (byte) 0);
        System.arraycopy(raw, raw.length - length, target, at + SIZE - length, length);
    }

    /** Replaces s with n - s if it is greater than n / 2. Both values are valid. */
    static byte[] withLowS(byte[] signature) {
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, SIZE, 2 * SIZE));
        BigInteger order = PARAMETERS.getOrder();
        if (s.compareTo(order.shiftRight(1)) > 0) {
            put(order.subtract(s), signature, SIZE);
        }
        return signature;
    }
}
