package dev.atlex.session;

import org.jspecify.annotations.Nullable;

/**
 * Limits how often {@link PasswordSession#open} may sign in with one identifier at one server.
 *
 * <p>Servers have such limits too, and lock out clients that exceed them, whether or not the sign-ins succeed. A local
 * limit stops a faulty program before it locks the account out.
 */
public final class SignInLimit {
    /**
     * The default limit: 25 sign-ins in five minutes and 250 a day, a little less than the reference server's 30 and
     * 300.
     */
    public static final SignInLimit DEFAULT = of(25, 250);

    private final int perFiveMinutes;
    private final int perDay;

    private SignInLimit(int perFiveMinutes, int perDay) {
        this.perFiveMinutes = perFiveMinutes;
        this.perDay = perDay;
    }

    /**
     * Returns a limit.
     *
     * @param perFiveMinutes sign-ins in five minutes, at least 1
     * @param perDay sign-ins in 24 hours, at least 1
     * @throws IllegalArgumentException if a number is below 1
     */
    public static SignInLimit of(int perFiveMinutes, int perDay) {
        if (perFiveMinutes < 1 || perDay < 1) {
            throw new IllegalArgumentException(
                    "Expected sign-in limits of at least 1 (got " + perFiveMinutes + " and " + perDay + ")");
        }
        return new SignInLimit(perFiveMinutes, perDay);
    }

    /** Returns the number of sign-ins in five minutes. */
    public int perFiveMinutes() {
        return perFiveMinutes;
    }

    /** Returns the number of sign-ins in 24 hours. */
    public int perDay() {
        return perDay;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignInLimit that && perFiveMinutes == that.perFiveMinutes && perDay == that.perDay;
    }

    @Override
    public int hashCode() {
        return 31 * perFiveMinutes + perDay;
    }

    @Override
    public String toString() {
        return "SignInLimit[" + perFiveMinutes + " in five minutes, " + perDay + " a day]";
    }
}
