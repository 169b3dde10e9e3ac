package dev.atlex.schema;

import dev.atlex.data.internal.MediaType;

/** Matches media types against the patterns of Lexicon documents. */
public final class MediaTypes {
    /** JSON: {@code application/json}. */
    public static final String JSON = MediaType.JSON;

    private MediaTypes() {}

    /**
     * Returns whether a media type matches the type or pattern of a schema.
     *
     * @param pattern {@code image/png}, {@code image/*} or {@code *}{@code /*}
     * @param mediaType a media type without parameters
     */
    public static boolean matches(String pattern, String mediaType) {
        return MediaType.matches(pattern, mediaType);
    }
}
