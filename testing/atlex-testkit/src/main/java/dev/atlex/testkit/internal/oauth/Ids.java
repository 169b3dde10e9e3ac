package dev.atlex.testkit.internal.oauth;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Creates unguessable identifiers in the reference server's formats. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String id(String prefix, int count) {
        return prefix + HexFormat.of().formatHex(bytes(count));
    }

    static String request() {
        return id("req-", 16);
    }

    static String code() {
        return id("cod-", 32);
    }

    static String token() {
        return id("tok-", 16);
    }

    static String refreshToken() {
        return id("ref-", 32);
    }

    static String device() {
        return id("dev-", 16);
    }

    static String csrfToken() {
        return id("csrf-", 16);
    }
}
