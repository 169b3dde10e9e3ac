package dev.atlex.session;

/**
 * How often one identifier may sign in at one server. Servers have such limits too, and lock out who exceeds them, whether
 * the sign-ins succeed or not; a program that runs into them by mistake should do so here, where nothing is lost.
 *
 * @param perFiveMinutes 1 at least
 * @param perDay 1 at least
 */
public record SignInLimit(int perFiveMinutes, int perDay) {
    /** 25 in five minutes and 250 a day: a little less than the 30 and 300 of the reference server. */
    public static final SignInLimit DEFAULT = new SignInLimit(25, 250);

    /** @throws IllegalArgumentException if a number is below 1 */
    public SignInLimit {
        if (perFiveMinutes < 1 || perDay < 1) {
            throw new IllegalArgumentException("a login budget of less than 1");
        }
    }
}
