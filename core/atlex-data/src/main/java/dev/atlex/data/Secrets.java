package dev.atlex.data;

import java.util.Set;

/**
 * The names under which the protocol carries passwords and tokens. What is under them is left out wherever a value is
 * printed for people; JSON and CBOR carry it as it is.
 */
public final class Secrets {
    /** What stands in a secret's place. */
    public static final String REDACTED = "***";

    private static final Set<String> NAMES = Set.of(
            "accessJwt", "refreshJwt", "password", "authFactorToken", "token", "jwt", "privateKey", "recoveryKey");

    private Secrets() {}

    /** Whether a field of this name carries a password or a token. */
    public static boolean isSecret(String name) {
        return NAMES.contains(name);
    }
}
