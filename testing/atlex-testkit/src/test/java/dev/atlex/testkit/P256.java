package dev.atlex.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Reads a P-256 multikey and verifies ES256 signatures with it. */
final class P256 {
    private P256() {}

    static boolean verifies(String multibase, String jwt) throws Exception {
        int dot = jwt.lastIndexOf('.');
        return verifies(
                multibase,
                jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
    }

    static boolean verifies(String multibase, byte[] data, byte[] signed) throws Exception {
        BigInteger number = BigInteger.ZERO;
        for (char c : multibase.substring(1).toCharArray()) {
            int digit = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".indexOf(c);
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = number.toByteArray(); // a zero, then 0x80 0x24, then the compressed point
        int start = bytes.length - 33;
        if (multibase.charAt(0) != 'z' || (bytes[start - 2] & 0xFF) != 0x80 || bytes[start - 1] != 0x24) {
            throw new AssertionError("not a P-256 multikey: " + multibase);
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, start + 1, bytes.length));
        BigInteger square = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(p);
        BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        if (y.testBit(0) != (bytes[start] == 3)) {
            y = p.subtract(y);
        }
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve)));
        signature.update(data);
        return signature.verify(signed);
    }
}
