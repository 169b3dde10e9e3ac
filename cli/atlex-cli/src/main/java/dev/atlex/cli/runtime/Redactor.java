package dev.atlex.cli.runtime;

import dev.atlex.data.Secrets;
import dev.atlex.session.SessionData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text safe to print on stderr. Removes the secrets of this run, which a server may quote in its messages, and
 * characters that would break the line or control the terminal.
 */
public final class Redactor {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LINE = 2000;

    private final List<String> secrets = new ArrayList<>();

    /** Registers a secret. Null and very short secrets are ignored. */
    public void add(@Nullable String secret) {
        // Replacing every occurrence of a few characters would reveal more than it hides.
        if (secret != null && secret.length() >= MIN_LENGTH && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    /** Registers a session's tokens. */
    public void add(SessionData data) {
        data.fields().forEach((name, value) -> {
            if (Secrets.isSecret(name)) {
                add(value.toString());
            }
        });
    }

    /** Returns the text without secrets. Line breaks are kept. */
    public String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, Secrets.REDACTED);
        }
        return redacted;
    }

    /** Returns the text as one line without secrets, cut after 2000 characters. */
    public String line(String text) {
        String redacted = redact(text);
        StringBuilder line = new StringBuilder();
        redacted.codePoints().limit(MAX_LINE).forEach(c -> line.appendCodePoint(isShown(c) ? c : ' '));
        return line.toString();
    }

    /** Messages are for logs too, so they don't keep even the joiners that a terminal may show. */
    private static boolean isShown(int c) {
        return !DisplayText.isHidden(c) && Character.getType(c) != Character.FORMAT;
    }
}
