package dev.atlex.cli;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The terminal that the JVM runs in. */
final class SystemTerminal implements Terminal {
    private final Console console;

    private SystemTerminal(Console console) {
        this.console = console;
    }

    /** The terminal, or null where input or output are not connected to one. */
    static @Nullable Terminal find() {
        // JDK 22 to 24 have a console even where there is no terminal, but for this one.
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        return console == null ? null : new SystemTerminal(console);
    }

    /**
     * Whether somebody would type into stdin and be seen: the JVM has no console when only the output is redirected. It
     * can be told on Linux.
     */
    static boolean inputIsVisible() {
        try {
            String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public @Nullable String readLine(String prompt) {
        return console.readLine("%s", prompt);
    }

    @Override
    public @Nullable String readPassword(String prompt) {
        char[] password = console.readPassword("%s", prompt);
        return password == null ? null : new String(password);
    }
}
