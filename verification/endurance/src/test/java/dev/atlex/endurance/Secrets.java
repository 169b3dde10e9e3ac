package dev.atlex.endurance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets of the tests in their output. All passwords have the same prefix, as do the header and claims of
 * JSON Web Tokens, so these are found by their prefix. OAuth refresh tokens and private keys have a recognizable form
 * too. Signatures don't, so they are found only if the proxy has recorded them.
 */
final class Secrets {
    private static final String PASSWORD = "sesame-";
    private static final Pattern SECRET =
            Pattern.compile(PASSWORD + "[a-z0-9]|eyJ[A-Za-z0-9_-]{12}|ref-[0-9a-f]{12}|\"d\": ?\"[A-Za-z0-9_-]{12}");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)");

    private final Set<String> signatures = ConcurrentHashMap.newKeySet();

    /** Returns a password for the handle, which {@link #find} recognizes. */
    static String password(String handle) {
        return PASSWORD + Integer.toHexString(handle.hashCode());
    }

    /** Remembers the signatures of all tokens in a response. */
    void remember(String response) {
        Matcher tokens = JWT.matcher(response);
        while (tokens.find()) {
            signatures.add(tokens.group(1));
        }
    }

    int remembered() {
        return signatures.size();
    }

    /** Returns an excerpt around the first secret in the text, or null if there is none. */
    static @Nullable String find(String text) {
        Matcher secret = SECRET.matcher(text);
        return secret.find() ? around(text, secret.start()) : null;
    }

    /** Returns whether the text contains a remembered signature. */
    boolean hasSignature(String text) {
        for (String word : text.split("[^A-Za-z0-9_-]+")) {
            if (word.length() > 20 && signatures.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 20));
    }

    /** Returns the stack trace and the description of an exception. */
    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text + thrown.toString();
    }
}
