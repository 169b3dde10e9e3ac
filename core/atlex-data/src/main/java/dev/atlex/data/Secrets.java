package dev.atlex.data;

import java.util.Set;

/**
 * The names of fields that contain passwords and tokens. Their values are redacted in messages and {@code toString},
 * but not in JSON and CBOR.
 */
public final class Secrets {
    /** The replacement for a secret. */
    public static final String REDACTED = "***";

    private static final Set<String> NAMES = Set.of(
            "accessJwt", "refreshJwt", "password", "authFactorToken", "token", "jwt", "privateKey", "recoveryKey");

    private Secrets() {}

    /** Returns whether a field with this name contains a password or token. */
    public static boolean isSecret(String name) {
        return NAMES.contains(name);
    }
}
