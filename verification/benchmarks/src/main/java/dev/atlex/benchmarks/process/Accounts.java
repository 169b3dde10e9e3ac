package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Test accounts and their tokens. The signatures are placeholders, because nothing here verifies them. */
final class Accounts {
    /** The response of getSession, which is also that of refreshSession without the tokens. */
    static final String SESSION = fields(0) + "}";

    private static final String HEADER = base64("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}");

    private Accounts() {}

    static String did(int account) {
        StringBuilder did = new StringBuilder("did:plc:");
        for (int i = 0, rest = account; i < 24; i++, rest /= 26) {
            did.append((char) ('a' + rest % 26));
        }
        return did.toString();
    }

    /** Returns a token of the usual format and length. A negative lifetime makes it expired. */
    static String jwt(Duration lifetime, String signature) {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"scope\":\"com.atproto.appPass\",\"sub\":\"" + did(0) + "\",\"iat\":" + (now - 10_000)
                + ",\"exp\":" + (now + lifetime.toSeconds())
                + ",\"aud\":\"did:web:pds.example.com\"}";
        return HEADER + "." + base64(claims) + "." + signature;
    }

    /** Returns the response of createSession and refreshSession for an account. */
    static String session(int account, String accessJwt, String refreshSignature) {
        return fields(account) + ",\"accessJwt\":\"" + accessJwt + "\",\"refreshJwt\":\""
                + jwt(Duration.ofDays(90), refreshSignature) + "\"}";
    }

    /** Returns the data of a stored session. */
    static String saved(int account, String service, String accessJwt, String refreshSignature) {
        String session = session(account, accessJwt, refreshSignature);
        return session.substring(0, session.length() - 1) + ",\"service\":\"" + service + "\"}";
    }

    private static String fields(int account) {
        String did = did(account);
        String handle = "user" + account + ".example.com";
        return "{\"did\":\"" + did + "\",\"handle\":\"" + handle + "\",\"email\":\"user" + account
                + "@example.com\",\"emailConfirmed\":true,\"emailAuthFactor\":false,\"active\":true";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
