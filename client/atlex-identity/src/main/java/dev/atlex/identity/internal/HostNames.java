package dev.atlex.identity.internal;

import dev.atlex.client.internal.Hosts;
import org.jspecify.annotations.Nullable;

/** Forwards to {@link Hosts}. */
public final class HostNames {
    private HostNames() {}

    /** Returns {@link Hosts#isPublicName}. */
    public static boolean isPublicName(@Nullable String host) {
        return Hosts.isPublicName(host);
    }

    /** Returns {@link Hosts#isPrivate}. */
    public static boolean isPrivate(@Nullable String host) {
        return Hosts.isPrivate(host);
    }
}
