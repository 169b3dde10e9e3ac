package dev.atlex.streams.internal.tap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tap's admin password, for HTTP Basic authentication with the user name {@code admin}. */
public final class AdminPassword {
    private static final String SCHEME = "basic ";
    private static final String REDACTED = "[redacted]";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final String password;
    private final byte[] userAndPassword;

    /** Creates a password. */
    public AdminPassword(String password) {
        this.password = password;
        this.userAndPassword = ("admin:" + password).getBytes(UTF_8);
    }

    /** Returns whether passwords may be sent to a URL: it uses TLS, or leads to this machine. */
    public static boolean maySendTo(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || scheme.equals("wss")
                || LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns the {@code Authorization} header. */
    public String header() {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword);
    }

    /** Returns whether an {@code Authorization} header has this password. The time doesn't depend on its content. */
    public boolean matches(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given;
        try {
            given = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(given, userAndPassword);
    }

    /** Removes the password from the body of a response, which may quote the request. */
    public String redact(String text) {
        String shown = text.replace(Base64.getEncoder().encodeToString(userAndPassword), REDACTED);
        return password.isEmpty() ? shown : shown.replace(password, REDACTED);
    }

    /** Returns a string without the password. */
    @Override
    public String toString() {
        return "AdminPassword" + REDACTED;
    }
}
