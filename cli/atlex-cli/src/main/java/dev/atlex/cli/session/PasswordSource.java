package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.SystemTerminal;
import dev.atlex.cli.runtime.Terminal;
import dev.atlex.syntax.UserInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a password from the environment, a prompt or stdin. */
final class PasswordSource {
    private static final int MAX_BYTES = 4096;

    private final CliEnvironment environment;
    private final @Nullable Terminal terminal;

    PasswordSource(CliEnvironment environment, @Nullable Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    /**
     * Reads the password.
     *
     * @param identifier the account, shown in the prompt
     * @throws Failure if there is no password, or a prompt would show it
     */
    String read(String identifier) {
        String password = environment.variable("ATLEX_PASSWORD");
        if (password == null && terminal != null) {
            password = terminal.readPassword("Password for " + identifier + ": ");
        } else if (password == null) {
            if (environment.in() == System.in && SystemTerminal.inputIsVisible()) {
                throw Failure.usage(
                        "the password prompt can't be hidden while stdout is redirected; set $ATLEX_PASSWORD");
            }
            password = firstLine(environment.in());
        }
        String trimmed = password == null ? "" : trim(password);
        if (trimmed.isEmpty()) {
            throw Failure.usage("no password given; set $ATLEX_PASSWORD or write it to the first line of stdin");
        }
        return trimmed;
    }

    /**
     * Removes trailing line breaks, which files and clipboards add. App passwords have a known format, so the
     * whitespace around them is removed too. Other passwords may begin or end with a space.
     */
    private static String trim(String password) {
        String bare = UserInput.strip(password);
        if (UserInput.isAppPassword(bare)) {
            return bare;
        }
        int end = password.length();
        while (end > 0 && (password.charAt(end - 1) == '\n' || password.charAt(end - 1) == '\r')) {
            end--;
        }
        return password.substring(0, end);
    }

    private static String firstLine(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
                if (line.size() > MAX_BYTES) {
                    throw Failure.input("password: the first line of stdin is longer than " + MAX_BYTES + " bytes");
                }
            }
        } catch (IOException e) {
            throw Failure.storage("can't read stdin", e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
