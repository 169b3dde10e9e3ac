package dev.atlex.testkit;

import dev.atlex.testkit.internal.Settings;
import java.time.Duration;
import java.util.Objects;

/**
 * Changes how a {@link LocalPds} treats all requests from now on. Initially, everything works as on the reference
 * server.
 *
 * <pre>{@code
 * pds.behavior().accessTokenLifetime(Duration.ofMinutes(1)).rateLimits(true);
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ServerBehavior {
    private final Settings settings;

    ServerBehavior(Settings settings) {
        this.settings = settings;
    }

    /**
     * Sets the lifetime of access tokens issued from now on. Initially 120 minutes.
     *
     * @throws IllegalArgumentException if the lifetime isn't positive
     */
    public ServerBehavior accessTokenLifetime(Duration lifetime) {
        settings.accessLifetime = positive(lifetime);
        return this;
    }

    /**
     * Sets the lifetime of refresh tokens issued from now on. Initially 90 days.
     *
     * @throws IllegalArgumentException if the lifetime isn't positive
     */
    public ServerBehavior refreshTokenLifetime(Duration lifetime) {
        settings.refreshLifetime = positive(lifetime);
        return this;
    }

    /**
     * Sets how long a refresh token can be reused after its first use. Initially 2 hours. With zero, each token works
     * only once.
     *
     * @throws IllegalArgumentException if the period is negative
     */
    public ServerBehavior gracePeriod(Duration period) {
        if (period.isNegative()) {
            throw new IllegalArgumentException("gracePeriod must not be negative (got " + period + ")");
        }
        settings.gracePeriod = period;
        return this;
    }

    /**
     * Enforces the reference server's rate limits with status 429. Initially off.
     *
     * <ul>
     *   <li>{@code createSession}: 30 in 5 minutes and 300 a day for each identifier and IP address
     *   <li>{@code createAccount}: 100 in 5 minutes
     *   <li>writes: 5,000 points an hour and 35,000 a day; a create costs 3, an update 2, a delete 1
     *   <li>{@code uploadBlob}: 1,000 a day
     *   <li>all requests: 3,000 in 5 minutes
     * </ul>
     */
    public ServerBehavior rateLimits(boolean on) {
        settings.rateLimits = on;
        return this;
    }

    /**
     * Requires {@link #authFactorCode()} as the {@code authFactorToken} of sign-ins with the main password. Sign-ins
     * with an app password don't need it. Initially off.
     *
     * <p>The reference server has no second factor. The responses imitate Bluesky's hosted service, as far as its app
     * reveals them.
     */
    public ServerBehavior twoFactor(boolean required) {
        settings.authFactorRequired = required;
        return this;
    }

    /** Sets the code that {@link #twoFactor} requires. */
    public ServerBehavior authFactorCode(String code) {
        settings.authFactorCode = Objects.requireNonNull(code, "code");
        return this;
    }

    /** Returns the code that {@link #twoFactor} requires, which a real server sends by email. */
    public String authFactorCode() {
        return settings.authFactorCode;
    }

    /**
     * Rejects expired and revoked tokens with status 401, as some servers do, instead of the reference server's 400.
     * The error is {@code ExpiredToken} in both cases. Initially off.
     */
    public ServerBehavior expiredTokenAs401(boolean on) {
        settings.expiredTokenStatus = on ? 401 : 400;
        return this;
    }

    /** Includes the DID document in the responses of session methods. This is the initial behavior. */
    public ServerBehavior wholeDidDoc() {
        settings.didDocs = Settings.DidDocs.WHOLE;
        return this;
    }

    /** Omits the DID document from the responses of session methods. */
    public ServerBehavior withoutDidDoc() {
        settings.didDocs = Settings.DidDocs.ABSENT;
        return this;
    }

    /** Replaces the DID document in the responses of session methods with a malformed one. */
    public ServerBehavior malformedDidDoc() {
        settings.didDocs = Settings.DidDocs.MALFORMED;
        return this;
    }

    /** Includes {@code emailConfirmed} in the responses of session methods. Initially on. */
    public ServerBehavior emailConfirmed(boolean shown) {
        settings.emailConfirmedShown = shown;
        return this;
    }

    /** Restores the initial behavior. */
    public ServerBehavior reset() {
        settings.reset();
        return this;
    }

    /** Returns a string that contains the current behavior. */
    @Override
    public String toString() {
        return "ServerBehavior[" + settings + "]";
    }

    private static Duration positive(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("token lifetime must be positive (got " + lifetime + ")");
        }
        return lifetime;
    }
}
