package dev.atlex.testkit.internal;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.LexMap;
import java.math.BigInteger;

/**
 * An account's signing key, on the curve P-256. The reference server uses secp256k1, which the JDK no longer supports; the
 * protocol allows both.
 */
final class SigningKey {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final String multibase = multibase(key.publicKey().toJwk());

    P256PrivateKey privateKey() {
        return key;
    }

    P256PublicKey publicKey() {
        return key.publicKey();
    }

    /** Returns the public key as a multikey: the multicodec p256-pub and the compressed point, in base58btc. */
    String multibase() {
        return multibase;
    }

    private static String multibase(LexMap jwk) {
        byte[] x = Base64Url.decode(String.valueOf(jwk.getString("x")));
        byte[] y = Base64Url.decode(String.valueOf(jwk.getString("y")));
        byte[] bytes = new byte[3 + x.length];
        bytes[0] = (byte) 0x80;
        bytes[1] = 0x24;
        bytes[2] = (byte) (2 + (y[y.length - 1] & 1));
        System.arraycopy(x, 0, bytes, 3, x.length);
        StringBuilder text = new StringBuilder();
        for (BigInteger n = new BigInteger(1, bytes); n.signum() > 0; n = n.divide(BASE)) {
            text.append(ALPHABET.charAt(n.mod(BASE).intValue()));
        }
        return text.append('z').reverse().toString();
    }
}
