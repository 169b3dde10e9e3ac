package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.Base64Url;
import dev.atlex.data.internal.Durations;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The DPoP nonces of one origin. Each time interval has its own nonce. The server sends the next interval's nonce and
 * accepts the previous, current and next ones, so a nonce is valid for two to three intervals. Guarded by the server's
 * lock.
 */
public final class Nonces {
    private final Clock clock;
    private final OAuthSettings settings;
    private byte[] secret = Ids.bytes(32);

    public Nonces(Clock clock, OAuthSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Returns the nonce to send to clients. */
    public String next() {
        return compute(interval() + 1);
    }

    boolean accepts(String nonce) {
        long now = interval();
        return nonce.equals(compute(now + 1)) || nonce.equals(compute(now)) || nonce.equals(compute(now - 1));
    }

    /** Invalidates all nonces, as a restart does. */
    void forget() {
        secret = Ids.bytes(32);
    }

    private long interval() {
        return Math.floorDiv(
                clock.millis(), Durations.bounded(settings.nonceRotation).toMillis());
    }

    private String compute(long interval) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] value = mac.doFinal(ByteBuffer.allocate(8).putLong(interval).array());
            return Base64Url.encode(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
