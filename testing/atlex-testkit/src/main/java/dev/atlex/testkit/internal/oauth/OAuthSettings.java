package dev.atlex.testkit.internal.oauth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The current behavior of the authorization server. Threads of the server read it at each request. */
public final class OAuthSettings {
    /** The accepted ages of a timestamp, relative to the server's clock. */
    public record Window(Duration past, Duration future) {
        /** Returns the reason to reject the timestamp, in the reference server's words, or null to accept it. */
        @Nullable
        String rejection(long issuedAt, long now) {
            if (now - issuedAt > past.toSeconds()) {
                return "\"iat\" claim timestamp check failed (too far in the past)";
            }
            return issuedAt - now > future.toSeconds()
                    ? "\"iat\" claim timestamp check failed (it should be in the past)"
                    : null;
        }
    }

    /** Real time that a refresh waits, before and after the session gets its new tokens. */
    public record Delays(Duration before, Duration after) {
        static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO);
    }

    public volatile Duration accessLifetime = Duration.ZERO;
    public volatile Duration nonceRotation = Duration.ZERO;
    public volatile Window proofWindow = new Window(Duration.ZERO, Duration.ZERO);
    public volatile Window assertionWindow = new Window(Duration.ZERO, Duration.ZERO);
    public volatile Delays rotationDelays = Delays.NONE;

    /** The scopes that users grant, or null if they grant whatever a client requests. */
    public volatile @Nullable Set<String> grantedScopes;

    /** The DID of the account that signs in, regardless of whose password is entered; null to turn this off. */
    public volatile @Nullable String signInAs;

    public OAuthSettings() {
        reset();
    }

    /** Restores the initial behavior. */
    public void reset() {
        accessLifetime = Duration.ofMinutes(60);
        nonceRotation = Duration.ofMinutes(1);
        proofWindow = new Window(Duration.ofSeconds(190), Duration.ofSeconds(180));
        assertionWindow = new Window(Duration.ofSeconds(60), Duration.ZERO);
        rotationDelays = Delays.NONE;
        grantedScopes = null;
        signInAs = null;
    }

    @Override
    public String toString() {
        return "accessTokenLifetime=" + accessLifetime + ", nonceRotation=" + nonceRotation + ", proofWindow="
                + proofWindow + ", assertionWindow=" + assertionWindow + ", rotationDelays=" + rotationDelays
                + ", grantedScopes=" + grantedScopes + ", signInAs=" + signInAs;
    }
}
