package dev.atlex.data.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Media types in HTTP headers and Lexicon documents.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.3">RFC 9110: Content-Type</a>
 */
public final class MediaType {
    public static final String JSON = "application/json";

    /** The pattern that matches every media type. */
    public static final String ANY = "*/*";

    private MediaType() {}

    /**
     * Returns the {@code type/subtype} of a {@code Content-Type} header in lowercase, without parameters or
     * surrounding whitespace. Its syntax isn't checked.
     *
     * @return null if the header is missing or has nothing before its parameters
     */
    public static @Nullable String essence(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        String essence = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        return essence.isEmpty() ? null : essence.toLowerCase(Locale.ROOT);
    }

    /** Returns whether the text is a media type without parameters, {@code type/*} or {@code *}{@code /*}. */
    public static boolean isPattern(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ',' || c == ';') {
                return false;
            }
        }
        if (text.substring(0, slash).indexOf('*') >= 0) {
            return text.equals(ANY);
        }
        String subtype = text.substring(slash + 1);
        return subtype.indexOf('*') < 0 || subtype.equals("*");
    }

    /**
     * Returns whether the media type matches a pattern in a schema.
     *
     * @param pattern the pattern, such as {@code image/png}, {@code image/*} or {@code *}{@code /*}
     * @param mediaType a media type without parameters
     */
    public static boolean matches(String pattern, String mediaType) {
        if (pattern.equals(ANY)) {
            return true;
        }
        return pattern.endsWith("/*")
                ? mediaType.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(mediaType);
    }
}
