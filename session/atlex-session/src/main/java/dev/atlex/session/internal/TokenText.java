package dev.atlex.session.internal;

/** Checks tokens when they arrive, so that no token is saved that a request can't carry. */
public final class TokenText {
    /**
     * The maximum length of a token, which is more than servers accept in a header. The reference server's tokens have
     * about 300 characters.
     */
    public static final int MAX_LENGTH = 16 << 10;

    private TokenText() {}

    /** Returns whether an {@code Authorization} header can carry the token: visible ASCII, and not too long. */
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
