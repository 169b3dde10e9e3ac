package dev.atlex.oauth.internal.discovery;

import dev.atlex.client.internal.Origins;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers of authorization servers: an origin in canonical form, without a default port, path, query and
 * fragment. They are compared character by character, so that two servers can't be mixed up.
 */
public final class Issuers {
    private Issuers() {}

    /** Parses an issuer, or returns null if it isn't the canonical form of an origin. */
    public static @Nullable URI parse(String text) {
        URI origin = Origins.find(text);
        return origin != null && Origins.canonical(origin).equals(text) ? origin : null;
    }

    /** Returns the issuer at a URL's origin. */
    public static URI at(URI url) {
        return URI.create(Origins.canonical(url));
    }
}
