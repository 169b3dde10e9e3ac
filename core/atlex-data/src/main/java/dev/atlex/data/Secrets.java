package dev.atlex.data;

import java.util.Set;

/**
 * The names of fields that contain passwords, tokens and keys, in the protocol's methods and in OAuth. Their values are
 * redacted in messages and {@code toString}, but not in JSON and CBOR.
 */
public final class Secrets {
    /** The replacement for a secret. */
    public static final String REDACTED = "***";

    private static final Set<String> NAMES = Set.of(
            "accessJwt",
            "refreshJwt",
            "password",
            "authFactorToken",
            "token",
            "jwt",
            "privateKey",
            "recoveryKey",
            "access_token",
            "refresh_token",
            "client_assertion",
            "code_verifier",
            "verifier",
            "dpopJwk");

    private Secrets() {}

    /** Returns whether a field with this name contains a password, token or key. */
    public static boolean isSecret(String name) {
        return NAMES.contains(name);
    }

    /** Returns whether a member of a map is a secret. Only in a JSON Web Key is {@code d} the private part. */
    static boolean isSecret(LexMap map, String name) {
        return isSecret(name) || name.equals("d") && map.containsKey("kty");
    }
}
