package dev.atlex.cli;

import dev.atlex.syntax.UserInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a password comes from: the environment, stdin, or a person. */
final class PasswordSource {
    private static final int MAX_BYTES = 4096;

    private final CliEnvironment world;
    private final @Nullable Terminal terminal;

    PasswordSource(CliEnvironment world, @Nullable Terminal terminal) {
        this.world = world;
        this.terminal = terminal;
    }

    /** @param identifier whose password it is, for the prompt */
    String read(String identifier) {
        String password = world.variable("ATLEX_PASSWORD");
        if (password == null && terminal != null) {
            password = terminal.readPassword("Password of " + identifier + ": ");
        } else if (password == null) {
            if (world.in() == System.in && SystemTerminal.inputIsVisible()) {
                throw Failure.usage(
                        "with stdout redirected the password can't be asked for unseen; set $ATLEX_PASSWORD");
            }
            password = firstLine(world.in());
        }
        String trimmed = password == null ? "" : trimmed(password);
        if (trimmed.isEmpty()) {
            throw Failure.usage("no password: neither in $ATLEX_PASSWORD nor in the first line of stdin");
        }
        return trimmed;
    }

    /**
     * Files and clipboards add a line break to what they hold, which no password ends with. Of an app password, whose form
     * is known, whatever surrounds it is taken off; any other password may begin and end with a space.
     */
    private static String trimmed(String password) {
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
                    throw Failure.input("the first line of stdin is too long for a password");
                }
            }
        } catch (IOException e) {
            throw Failure.storage("stdin can't be read", e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
