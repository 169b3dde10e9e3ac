package dev.atlex.endurance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches texts for the tests' secrets. All passwords begin alike, and so does what is in a JSON Web Token, head and claims:
 * whatever token a server issued, its beginning, its middle or all of it, is found without knowing which there were.
 * Signatures, which look like anything, are known where a proxy has seen them.
 */
final class Secrets {
    private static final String PASSWORD = "sesame-";
    private static final Pattern SECRET = Pattern.compile(PASSWORD + "[a-z0-9]|eyJ[A-Za-z0-9_-]{12}");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)");

    private final Set<String> signatures = ConcurrentHashMap.newKeySet();

    /** The password of a handle: a secret for this class. */
    static String password(String handle) {
        return PASSWORD + Integer.toHexString(handle.hashCode());
    }

    /** Remembers the tokens in what a server answered. */
    void learn(String answer) {
        Matcher tokens = JWT.matcher(answer);
        while (tokens.find()) {
            signatures.add(tokens.group(1));
        }
    }

    int learnt() {
        return signatures.size();
    }

    /** What stands around a secret in the text, or null if it holds none. */
    static @Nullable String find(String text) {
        Matcher secret = SECRET.matcher(text);
        return secret.find() ? around(text, secret.start()) : null;
    }

    /** Whether a signature that was learnt is in the text. */
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

    /** All that can be printed of an exception. */
    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text + thrown.toString();
    }
}
