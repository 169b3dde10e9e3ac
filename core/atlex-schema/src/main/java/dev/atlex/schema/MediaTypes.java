package dev.atlex.schema;

import dev.atlex.data.internal.MediaType;

/** Media types as Lexicon writes them. */
public final class MediaTypes {
    public static final String JSON = MediaType.JSON;

    private MediaTypes() {}

    /**
     * Whether a media type is the one, or one of those, that a schema names.
     *
     * @param pattern {@code image/png}, {@code image/*} or {@code *}{@code /*}
     * @param mediaType without parameters
     */
    public static boolean matches(String pattern, String mediaType) {
        return MediaType.matches(pattern, mediaType);
    }
}
