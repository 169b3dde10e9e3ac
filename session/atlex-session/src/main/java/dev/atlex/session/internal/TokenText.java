package dev.atlex.session.internal;

/** Checks tokens when they arrive, so that tokens that can't be sent in a request are never saved. */
public final class TokenText {
    /**
     * The maximum length of a token, which is more than servers accept in a header. The reference server's tokens have
     * about 300 characters.
     */
    public static final int MAX_LENGTH = 16 << 10;

    private TokenText() {}

    /**
     * Returns whether the token can be sent in an {@code Authorization} header: it is visible ASCII, and not too long.
     */
    public static boolean isSendable(String token) {
        if (token.isEmpty() || token.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
