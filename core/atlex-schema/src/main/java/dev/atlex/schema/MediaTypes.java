package dev.atlex.schema;

/** Media types as Lexicon writes them. */
public final class MediaTypes {
    public static final String JSON = "application/json";

    private MediaTypes() {}

    /**
     * Whether a media type is the one, or one of those, that a schema names.
     *
     * @param pattern {@code image/png}, {@code image/*} or {@code *}{@code /*}
     * @param mediaType without parameters
     */
    public static boolean matches(String pattern, String mediaType) {
        if (pattern.equals("*/*")) {
            return true;
        }
        return pattern.endsWith("/*")
                ? mediaType.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(mediaType);
    }
}
