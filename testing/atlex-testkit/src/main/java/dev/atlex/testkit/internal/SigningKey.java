package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/**
 * An account's signing key, on the curve P-256. The reference server uses secp256k1, which the JDK no longer supports; the
 * protocol allows both.
 */
final class SigningKey {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private final KeyPair pair;
    private final String multibase;

    SigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            multibase = multibase((ECPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has the curve P-256", e);
        }
    }

    /** Returns the public key as a multikey: the multicodec p256-pub and the compressed point, in base58btc. */
    String multibase() {
        return multibase;
    }

    private static String multibase(ECPublicKey key) {
        byte[] x = key.getW().getAffineX().toByteArray();
        byte[] bytes = new byte[35];
        bytes[0] = (byte) 0x80;
        bytes[1] = 0x24;
        bytes[2] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        int length = Math.min(x.length, 32); // a leading zero byte keeps the number positive
        System.arraycopy(x, x.length - length, bytes, 35 - length, length);
        StringBuilder text = new StringBuilder();
        for (BigInteger n = new BigInteger(1, bytes); n.signum() > 0; n = n.divide(BASE)) {
            text.append(ALPHABET.charAt(n.mod(BASE).intValue()));
        }
        return text.append('z').reverse().toString();
    }

    /** Returns whether this key made the ES256 signature of the text. */
    boolean verifies(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(pair.getPublic());
            verifier.update(text.getBytes(UTF_8));
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // the signature has the wrong length
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA with SHA-256", e);
        }
    }

    /** Returns the ES256 signature of the text, in the form of JSON Web Tokens. */
    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA with SHA-256", e);
        }
    }
}
