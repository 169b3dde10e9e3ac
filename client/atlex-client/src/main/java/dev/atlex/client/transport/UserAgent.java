package dev.atlex.client.transport;

import dev.atlex.data.internal.Excerpt;
import java.util.Objects;

/**
 * The {@code User-Agent} header. {@link JdkTransport} sends it with every request, including sign-ins, refreshes
 * and identity lookups. Other transports have to send it themselves.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-user-agent">RFC 9110: User-Agent</a>
 */
public final class UserAgent {
    /** The header's default value: {@code atlex/VERSION (Java 17)}, with the version of the running JVM. */
    public static final String DEFAULT =
            "atlex/" + BuildVersion.VERSION + " (Java " + Runtime.version().feature() + ")";

    private static final int MAX_LENGTH = 256;

    private UserAgent() {}

    /**
     * Returns the header's value for a program: the program's own products, followed by {@link #DEFAULT}. Products are
     * ordered by significance, so the program comes first.
     *
     * @param products one or more products with optional versions and comments, such as
     *     {@code mybot/1.0 (+https://example.com/bot)}; at most 256 printable ASCII characters
     * @throws IllegalArgumentException if it is blank, too long, begins with a comment, has unbalanced parentheses, or
     *     has a character other than printable ASCII, such as a line break
     */
    public static String of(String products) {
        String own = Objects.requireNonNull(products, "products").strip();
        if (own.isEmpty()) {
            throw invalid("expected a product such as mybot/1.0", products);
        }
        if (own.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "userAgent: expected at most " + MAX_LENGTH + " characters (got " + own.length() + ")");
        }
        int open = 0;
        for (int i = 0; i < own.length(); i++) {
            char c = own.charAt(i);
            if (c < ' ' || c > '~') {
                throw invalid("expected printable ASCII characters", products);
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                break;
            }
        }
        if (open != 0) {
            throw invalid("expected balanced parentheses", products);
        }
        if (own.charAt(0) == '(') {
            throw invalid("expected a product such as mybot/1.0 before the comment", products);
        }
        return own + " " + DEFAULT;
    }

    private static IllegalArgumentException invalid(String problem, String products) {
        return new IllegalArgumentException("userAgent: " + problem + " (got " + Excerpt.quote(products) + ")");
    }
}
