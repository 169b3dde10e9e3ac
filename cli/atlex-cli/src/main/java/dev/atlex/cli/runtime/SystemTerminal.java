package dev.atlex.cli.runtime;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The terminal that the JVM runs in. */
public final class SystemTerminal implements Terminal {
    private static final String DESCRIPTORS = "/proc/self/fd";

    private final Console console;

    private SystemTerminal(Console console) {
        this.console = console;
    }

    /** Returns the terminal, or null if stdin or stdout isn't connected to one. */
    public static @Nullable Terminal find() {
        // The default console of JDK 22 to 24 exists even without a terminal.
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        return console == null ? null : new SystemTerminal(console);
    }

    /**
     * Returns whether characters typed into stdin would be visible. The JVM has no console if only stdout is
     * redirected, so this looks at the file behind stdin. Works on Linux; returns false elsewhere.
     */
    public static boolean inputIsVisible() {
        return isTerminal(0);
    }

    /** Returns whether stdout is a terminal. Outside Linux, that is known only if stdin is one too. */
    public static boolean outputIsTerminal() {
        // The console is a last resort, because finding it takes longer than reading a link.
        return isTerminal(1) || !Files.exists(Path.of(DESCRIPTORS)) && find() != null;
    }

    /** Returns the width of the terminal in columns, or 0 if {@code stty} fails. Java has no method for this. */
    public static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readNBytes(100), StandardCharsets.US_ASCII).strip();
            return size.matches("[0-9]{1,4} [0-9]{1,4}") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of(DESCRIPTORS, Integer.toString(descriptor)))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
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
