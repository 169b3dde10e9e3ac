package dev.atlex.testkit.internal.oauth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A browser, identified by its cookie. Guarded by the server's lock. */
final class Device {
    final String id = Ids.device();

    /** The token in the browser's forms, which other sites can't know. */
    final String csrfToken = Ids.csrfToken();

    /** The accounts that the browser remembers, and the time of their sign-in, by DID. */
    final Map<String, Instant> accounts = new LinkedHashMap<>();
}
