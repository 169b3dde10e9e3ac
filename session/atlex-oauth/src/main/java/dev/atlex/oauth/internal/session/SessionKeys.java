package dev.atlex.oauth.internal.session;

import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.crypto.UnsupportedKeyException;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.session.SessionStoreException;
import java.util.Objects;

/** Reads the DPoP keys of saved sessions. */
public final class SessionKeys {
    private SessionKeys() {}

    /**
     * Returns a session's DPoP key. The key never changes, so its thumbprint identifies the session across refreshes.
     *
     * @throws SessionStoreException if the key is invalid or of a kind that Java doesn't support; the message doesn't
     *     show it
     */
    public static P256PrivateKey of(OAuthSessionData data) {
        LexMap jwk = Objects.requireNonNull((LexMap) data.fields().get("dpopJwk"));
        try {
            return P256PrivateKey.fromJwk(jwk);
        } catch (UnsupportedKeyException e) {
            throw new SessionStoreException(
                    "the saved session for " + data.did() + " has a key for " + algorithm(jwk)
                            + ", which Java doesn't support: sign in again, or let the program that saved it create"
                            + " keys for ES256",
                    e);
        } catch (CryptoException e) {
            throw new SessionStoreException(
                    "the saved session for " + data.did() + " has an invalid key: " + e.getMessage(), e);
        }
    }

    private static String algorithm(LexMap jwk) {
        return "secp256k1".equals(jwk.getString("crv")) ? "ES256K (secp256k1)" : "an algorithm other than ES256";
    }
}
