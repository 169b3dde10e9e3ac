package dev.atlex.oauth;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the client's own metadata is invalid, not published as it should be, or not accepted by a server. Fix the
 * document; sessions aren't affected.
 *
 * @see ClientMetadata
 */
public final class ClientMetadataException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    /**
     * Creates the exception.
     *
     * @param field the invalid field of the document, such as {@code redirect_uris}, or null if the problem concerns
     *     the whole document
     * @param problem the problem and the fix
     * @param cause the underlying failure, or null
     */
    public ClientMetadataException(@Nullable String field, String problem, @Nullable Throwable cause) {
        super("invalid client metadata: " + (field == null ? "" : field + " ") + problem, cause);
        this.field = field;
    }

    /**
     * Returns the invalid field of the document, such as {@code redirect_uris}, or null if the problem concerns the
     * whole document.
     */
    public @Nullable String field() {
        return field;
    }
}
