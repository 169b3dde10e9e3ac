package dev.atlex.testkit.internal;

import dev.atlex.testkit.RecordValidator;
import dev.atlex.testkit.internal.oauth.OAuthSettings;
import dev.atlex.testkit.internal.sync.StreamSettings;
import dev.atlex.testkit.internal.video.VideoSettings;
import java.time.Clock;
import java.time.Duration;

/** The current behavior of the server. Threads of the server read it at each request. */
public final class Settings {
    /** The DID document in the responses of session methods. */
    public enum DidDocs {
        WHOLE,
        ABSENT,
        MALFORMED
    }

    public final Clock clock;
    public final RecordValidator validator;
    public final VideoSettings video = new VideoSettings();
    public final OAuthSettings oauth = new OAuthSettings();
    public final StreamSettings firehose = new StreamSettings();

    public volatile Duration accessLifetime = Duration.ofMinutes(120);
    public volatile Duration refreshLifetime = Duration.ofDays(90);
    public volatile Duration gracePeriod = Duration.ofHours(2);
    public volatile boolean rateLimits;
    public volatile boolean authFactorRequired;
    public volatile String authFactorCode = "ABCDE-FGHIJ";
    public volatile int expiredTokenStatus = 400;
    public volatile DidDocs didDocs = DidDocs.WHOLE;
    public volatile boolean emailConfirmedShown = true;

    public Settings(Clock clock, RecordValidator validator) {
        this.clock = clock;
        this.validator = validator;
    }

    /** Restores the initial behavior. */
    public void reset() {
        accessLifetime = Duration.ofMinutes(120);
        refreshLifetime = Duration.ofDays(90);
        gracePeriod = Duration.ofHours(2);
        rateLimits = false;
        authFactorRequired = false;
        authFactorCode = "ABCDE-FGHIJ";
        expiredTokenStatus = 400;
        didDocs = DidDocs.WHOLE;
        emailConfirmedShown = true;
    }

    @Override
    public String toString() {
        return "accessTokenLifetime=" + accessLifetime + ", refreshTokenLifetime=" + refreshLifetime + ", gracePeriod="
                + gracePeriod + ", rateLimits=" + rateLimits + ", twoFactor=" + authFactorRequired
                + ", expiredTokenStatus=" + expiredTokenStatus + ", didDocs=" + didDocs + ", emailConfirmed="
                + emailConfirmedShown;
    }
}
