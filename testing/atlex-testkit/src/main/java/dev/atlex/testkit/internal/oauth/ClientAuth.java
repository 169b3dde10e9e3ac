package dev.atlex.testkit.internal.oauth;

import org.jspecify.annotations.Nullable;

/**
 * How a client authenticated itself: with a key, or, as a public client, not at all.
 *
 * @param kid the ID of the key, or null for a public client
 * @param thumbprint the thumbprint of the key, or null for a public client
 */
record ClientAuth(@Nullable String kid, @Nullable String thumbprint) {
    static final ClientAuth NONE = new ClientAuth(null, null);

    boolean isNone() {
        return kid == null;
    }
}
