package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atlex.data.LexMap;

/** Signs payloads that share a header. Immutable and thread-safe. */
public final class JwsSigner {
    private final String header;
    private final P256PrivateKey key;

    JwsSigner(String header, P256PrivateKey key) {
        this.header = header;
        this.key = key;
    }

    /** Returns the public key that verifies the signatures. */
    public P256PublicKey publicKey() {
        return key.publicKey();
    }

    /** Signs a payload. Returns the compact form. */
    public String sign(LexMap payload) {
        String signed = header + "." + Jws.part(payload);
        return signed + "." + Base64Url.encode(key.sign(signed.getBytes(US_ASCII)));
    }

    /** Returns the public key's thumbprint. */
    @Override
    public String toString() {
        return "JwsSigner[" + key.publicKey().thumbprint() + "]";
    }
}
