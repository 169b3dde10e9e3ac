package dev.atlex.cli;

import dev.atlex.data.Secrets;
import dev.atlex.session.SessionData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text fit for stderr: without the secrets that this run has met (a server may quote them in its message), and
 * without what would break the line or command the terminal.
 */
final class Redactor {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LINE = 2000;

    private final List<String> secrets = new ArrayList<>();

    void add(@Nullable String secret) {
        // Leaving out something as short as that would show more than it hides.
        if (secret != null && secret.length() >= MIN_LENGTH && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    void add(SessionData data) {
        data.fields().forEach((name, value) -> {
            if (Secrets.isSecret(name)) {
                add(value.toString());
            }
        });
    }

    /** The text in any number of lines, without the secrets. */
    String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, Secrets.REDACTED);
        }
        return redacted;
    }

    /** The text in one line. */
    String line(String text) {
        String redacted = redact(text);
        StringBuilder line = new StringBuilder();
        redacted.codePoints().limit(MAX_LINE).forEach(c -> line.appendCodePoint(isVisible(c) ? c : ' '));
        return line.toString();
    }

    private static boolean isVisible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
