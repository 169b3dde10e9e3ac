package dev.atlex.testkit;

import dev.atlex.testkit.internal.Settings;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link LocalPds} behaves from now on, for all requests. Each dial stands at what the reference server does until
 * it is turned. Safe for use by many threads.
 */
public final class ServerBehavior {
    private final Settings settings;

    ServerBehavior(Settings settings) {
        this.settings = settings;
    }

    /** How long access tokens issued from now on live; at the start 120 minutes. */
    public ServerBehavior accessTokenLifetime(Duration lifetime) {
        settings.accessLifetime = positive(lifetime);
        return this;
    }

    /** How long refresh tokens issued from now on live; at the start 90 days. */
    public ServerBehavior refreshTokenLifetime(Duration lifetime) {
        settings.refreshLifetime = positive(lifetime);
        return this;
    }

    /** How long a refresh token works on after its first use; at the start 2 hours. Zero: it works once. */
    public ServerBehavior gracePeriod(Duration period) {
        if (period.isNegative()) {
            throw new IllegalArgumentException("the grace period must not be negative: " + period);
        }
        settings.gracePeriod = period;
        return this;
    }

    /**
     * Whether requests are counted, and refused with status 429 past the reference server's limits: createSession 30 in
     * 5 minutes and 300 a day for an identifier and address, createAccount 100 in 5 minutes, writes by points 5000 an
     * hour and 35000 a day, uploads 1000 a day, and 3000 requests in 5 minutes over all. At the start off.
     */
    public ServerBehavior rateLimits(boolean on) {
        settings.rateLimits = on;
        return this;
    }

    /**
     * Whether logging in with a main password needs {@link #authFactorCode()} as {@code authFactorToken}; with an app
     * password it never does. At the start off. The reference server has no second factor: the answers are those of
     * Bluesky's hosted service, as far as its own app shows them.
     */
    public ServerBehavior twoFactor(boolean required) {
        settings.authFactorRequired = required;
        return this;
    }

    /** Sets the code that {@link #twoFactor} asks for. */
    public ServerBehavior authFactorCode(String code) {
        settings.authFactorCode = Objects.requireNonNull(code, "code");
        return this;
    }

    /** The code that {@link #twoFactor} asks for: what the mail would say. */
    public String authFactorCode() {
        return settings.authFactorCode;
    }

    /**
     * Whether expired and revoked tokens are refused with status 401, as some servers do, or with the reference server's 400, as at
     * the start. The error is {@code ExpiredToken} either way.
     */
    public ServerBehavior expiredTokenAs401(boolean on) {
        settings.expiredTokenStatus = on ? 401 : 400;
        return this;
    }

    /** Puts the DID document into answers about sessions, as at the start. */
    public ServerBehavior wholeDidDoc() {
        settings.didDocs = Settings.DidDocs.WHOLE;
        return this;
    }

    /** Leaves the DID document out of answers about sessions. */
    public ServerBehavior withoutDidDoc() {
        settings.didDocs = Settings.DidDocs.ABSENT;
        return this;
    }

    /** Puts an object into answers about sessions that is no DID document, in its place. */
    public ServerBehavior malformedDidDoc() {
        settings.didDocs = Settings.DidDocs.MALFORMED;
        return this;
    }

    /** Whether answers about sessions say if the address is confirmed; at the start they do. */
    public ServerBehavior emailConfirmed(boolean shown) {
        settings.emailConfirmedShown = shown;
        return this;
    }

    /** Turns all dials back to how they stood at the start. */
    public ServerBehavior reset() {
        settings.reset();
        return this;
    }

    private static Duration positive(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("a lifetime must be positive: " + lifetime);
        }
        return lifetime;
    }
}
