package dev.atlex.cli.runtime;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment: variables, standard streams and terminal. Tests replace it.
 *
 * @param variables the environment variables
 * @param in the standard input
 * @param out the standard output, for results
 * @param err the standard error, for failures and warnings
 * @param terminal a function that finds the terminal, or returns null if there isn't one
 * @param outIsTerminal whether standard output is a terminal, so that results are formatted for people
 * @param terminalWidth a function that returns the terminal's width in columns, or 0 if it is unknown
 */
public record CliEnvironment(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Supplier<@Nullable Terminal> terminal,
        BooleanSupplier outIsTerminal,
        IntSupplier terminalWidth) {
    private static final int DEFAULT_WIDTH = 80;

    /** Returns the width for output in columns: {@code $COLUMNS}, else that of the terminal, else 80. */
    public int width() {
        String columns = variable("COLUMNS");
        int width = columns != null && columns.matches("[1-9][0-9]{0,3}")
                ? Integer.parseInt(columns)
                : terminalWidth.getAsInt();
        return width > 0 ? width : DEFAULT_WIDTH;
    }

    /** Returns a variable, or null if it is unset or empty. */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
