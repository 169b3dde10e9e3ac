package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;

/**
 * A JSON Web Signature in its compact form, signed with ES256: a DPoP proof or a client assertion. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515: JSON Web Signature</a>
 */
public final class Jws {
    static final String ALGORITHM = "ES256";

    /** The maximum length in characters, which is more than servers accept in a header line. */
    private static final int MAX_LENGTH = 64 << 10;

    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private final LexMap header;
    private final LexMap payload;
    private final byte[] signed;
    private final byte[] signature;

    private Jws(LexMap header, LexMap payload, byte[] signed, byte[] signature) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Signs a payload.
     *
     * @param header the header; {@code alg} is added if it is absent
     * @return the compact form
     * @throws IllegalArgumentException if the header has an {@code alg} other than {@code ES256}
     */
    public static String sign(LexMap header, LexMap payload, P256PrivateKey key) {
        return signer(header, key).sign(payload);
    }

    /**
     * Returns a signer of payloads that share a header, which it encodes once.
     *
     * @param header the header; {@code alg} is added if it is absent
     * @throws IllegalArgumentException if the header has an {@code alg} other than {@code ES256}
     */
    public static JwsSigner signer(LexMap header, P256PrivateKey key) {
        LexMap whole = LexMap.builder().put("alg", ALGORITHM).putAll(header).build();
        if (!ALGORITHM.equals(whole.getString("alg"))) {
            throw new IllegalArgumentException("the header's alg must be " + ALGORITHM);
        }
        return new JwsSigner(part(whole), key);
    }

    static String part(LexMap json) {
        return Base64Url.encode(json.toJson().getBytes(UTF_8));
    }

    /**
     * Parses the compact form. The signature isn't verified.
     *
     * @throws CryptoException if the text isn't three parts of base64url, or if the header or the payload isn't a JSON
     *     object. The message doesn't quote them
     */
    public static Jws parse(String compact) {
        if (compact.length() > MAX_LENGTH) {
            throw new CryptoException("JWS: longer than " + MAX_LENGTH + " characters (got " + compact.length() + ")");
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new CryptoException("JWS: expected 3 parts separated by dots (got " + parts.length + ")");
        }
        LexMap header = object("header", parts[0]);
        LexMap payload = object("payload", parts[1]);
        byte[] signature = decode("signature", parts[2]);
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
        return new Jws(header, payload, signed, signature);
    }

    private static LexMap object(String name, String part) {
        byte[] json = decode(name, part);
        try {
            if (LexValue.parseJson(json, READING) instanceof LexMap map) {
                return map;
            }
        } catch (LexDataException e) {
            // The cause may quote the content.
        }
        throw new CryptoException("JWS: the " + name + " isn't a JSON object");
    }

    private static byte[] decode(String name, String part) {
        try {
            return Base64Url.decode(part);
        } catch (CryptoException e) {
            throw new CryptoException("JWS: the " + name + " isn't base64url", e);
        }
    }

    /** Returns the header, which must not be trusted before the signature is verified. */
    public LexMap header() {
        return header;
    }

    /** Returns the payload, which must not be trusted before the signature is verified. */
    public LexMap payload() {
        return payload;
    }

    /**
     * Returns whether the signature was made with ES256 and this key. A signature with critical extensions ({@code
     * crit}) is invalid, because none is supported.
     */
    public boolean verify(P256PublicKey key) {
        return ALGORITHM.equals(header.getString("alg"))
                && !header.containsKey("crit")
                && key.verify(signed, signature);
    }

    /** Returns the algorithm and type, without the content. */
    @Override
    public String toString() {
        return "Jws[alg=" + name("alg") + ", typ=" + name("typ") + "]";
    }

    private String name(String member) {
        String value = header.getString(member);
        return value != null && value.matches("[A-Za-z0-9+/_-]{1,20}") ? value : "?";
    }
}
